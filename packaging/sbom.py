"""The bill of materials of a package, as CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json/."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from parts import Part


def bill_of_materials(name: str, version: str, parts: Iterable[Part], root: Path) -> str:
    """Return the document for a package called ``name``; the same parts give the same text."""
    others = sorted((part for part in parts if part.name != "almanac"), key=lambda part: (part.kind, part.name))
    components = [_component(part, root) for part in others]
    made = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    itself = {
        "type": "application",
        "bom-ref": "almanac",
        "name": name,
        "version": version,
        "licenses": [{"expression": "Apache-2.0"}],
    }
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, json.dumps([itself, components]))}",
        "version": 1,
        "metadata": {"timestamp": made.strftime("%Y-%m-%dT%H:%M:%SZ"), "component": itself},
        "components": components,
        "dependencies": [{"ref": "almanac", "dependsOn": [component["bom-ref"] for component in components]}],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _component(part: Part, root: Path) -> dict[str, object]:
    binaries = [f for f in sorted(part.files) if f.suffix in (".dll", ".pyd", ".exe", ".dylib") or ".so" in f.suffixes]
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "licenses": [_licence(part)],
        "properties": [{"name": "almanac:bytes", "value": str(part.size)}],
    }
    nested = [*part.inner, *(_file(file, root) for file in binaries)]
    return component | ({"components": nested} if nested else {})


def _licence(part: Part) -> dict[str, object]:
    """SPDX's expression; Debian names licences in its own way."""
    return {"license": {"name": part.licence}} if part.kind == "deb" else {"expression": part.licence}


def _file(file: Path, root: Path) -> dict[str, object]:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {
        "type": "file",
        "name": file.relative_to(root).as_posix(),
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def write_checksums(folder: Path, files: Iterable[Path]) -> None:
    """Write SHA256SUMS for these files, as ``sha256sum --check`` reads it; lines about other files stay."""
    target = folder / "SHA256SUMS"
    lines = target.read_text(encoding="ascii").splitlines() if target.exists() else []
    sums = {line.split("  ", 1)[1]: line for line in lines}
    for file in files:
        sums[file.name] = f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}"
    there = {name: line for name, line in sums.items() if (folder / name).exists()}
    target.write_text("".join(f"{there[name]}\n" for name in sorted(there)), encoding="ascii", newline="\n")
