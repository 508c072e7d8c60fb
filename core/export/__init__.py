"""What leaves the store whole: every record with its source, the posts and the chains, and how to check them."""

from core.export.agreeing import Records as Records
from core.export.exported import ExportedRows as ExportedRows
from core.export.forms import write_csv as write_csv
from core.export.forms import write_json as write_json
from core.export.reading import NoExport as NoExport
from core.export.replay import Disagreement as Disagreement
from core.export.rows import Export as Export
from core.export.rows import Scope as Scope
from core.export.rows import UnknownTransfer as UnknownTransfer
from core.export.rows import exporting as exporting
from core.export.verifying import Witness as Witness
from core.export.verifying import audit_file as audit_file
from core.export.verifying import audit_store as audit_store
from core.export.verifying import verify_file as verify_file
from core.export.verifying import verify_store as verify_store
