/** Ends with an output, as a Data Generator has to. */
export const emptyRun =
  'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[1]], ["x"]))';

/** A mark in Python's memory, to tell whether Python is the same afterwards. */
export const mark = `import json\njson.mark = "kept"\n${emptyRun}`;
export const lookForMark = `import json\nprint("Python was", getattr(json, "mark", "replaced"))\n${emptyRun}`;
