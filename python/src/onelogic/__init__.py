"""The public modules that scripts of a Data Generator import."""
