"""Lists that come as a file: XLSX or CSV, with columns in any order."""
