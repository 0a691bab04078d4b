"""What `oocana.handle` was called before."""

from oocana.handle import HandleDef, InputHandleDef, OutputHandleDef

__all__ = ["HandleDef", "InputHandleDef", "OutputHandleDef"]
