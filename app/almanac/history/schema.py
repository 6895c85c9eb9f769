"""The tables of the history, as the steps that lead from each version to the next.

A step that is released is never changed: a later version adds one. ``user_version`` counts the steps a file has had.
"""

from __future__ import annotations

APPLICATION_ID = 0x416C6D63  # "Almc": says that a file is a history of Almanac

_FIRST = """
CREATE TABLE projects (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, shape TEXT NOT NULL, created_at TEXT NOT NULL,
    deleted TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX projects_by_shape ON projects (shape);
CREATE TABLE files (
    id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects ON DELETE CASCADE, name TEXT NOT NULL,
    path TEXT NOT NULL, sha256 TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX files_by_project ON files (project);
CREATE TABLE readings (
    id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects ON DELETE CASCADE,
    file TEXT NOT NULL REFERENCES files ON DELETE CASCADE, fingerprint TEXT NOT NULL, frequency TEXT NOT NULL,
    series INTEGER NOT NULL, points INTEGER NOT NULL, first_date TEXT NOT NULL, last_date TEXT NOT NULL,
    body TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX readings_by_project ON readings (project, fingerprint);
CREATE INDEX readings_by_file ON readings (file);
CREATE TABLE runs (
    id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects ON DELETE CASCADE,
    reading TEXT NOT NULL REFERENCES readings ON DELETE CASCADE, title TEXT NOT NULL, model TEXT NOT NULL,
    checksum TEXT NOT NULL, device TEXT NOT NULL, version TEXT NOT NULL, horizon INTEGER NOT NULL,
    series INTEGER NOT NULL, seed INTEGER, settings TEXT NOT NULL, timings TEXT NOT NULL, summary TEXT NOT NULL,
    created_at TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX runs_by_project ON runs (project, created_at);
CREATE INDEX runs_by_reading ON runs (reading);
CREATE TABLE adjustments (
    id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, body TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX adjustments_by_run ON adjustments (run);
CREATE TABLE events (
    id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects ON DELETE CASCADE, body TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_project ON events (project);
CREATE TABLE actuals (
    id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
    reading TEXT NOT NULL REFERENCES readings ON DELETE CASCADE, body TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX actuals_by_run ON actuals (run);
CREATE INDEX actuals_by_reading ON actuals (reading);
CREATE TABLE alerts (
    id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects ON DELETE CASCADE,
    reading TEXT REFERENCES readings ON DELETE CASCADE, state TEXT NOT NULL, until TEXT NOT NULL, body TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX alerts_by_project ON alerts (project, state);
CREATE INDEX alerts_by_reading ON alerts (reading);
CREATE TABLE decisions (
    id TEXT PRIMARY KEY, project TEXT REFERENCES projects ON DELETE CASCADE,
    alert TEXT REFERENCES alerts ON DELETE CASCADE, kind TEXT NOT NULL, body TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_by_project ON decisions (project);
CREATE INDEX decisions_by_alert ON decisions (alert);
CREATE TABLE reading_parts (
    owner TEXT NOT NULL REFERENCES readings ON DELETE CASCADE, part TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (owner, part)
) STRICT;
CREATE TABLE run_parts (
    owner TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, part TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (owner, part)
) STRICT;
CREATE TABLE deletions (id TEXT PRIMARY KEY, created_at TEXT NOT NULL) STRICT;
CREATE TABLE trail (
    number INTEGER PRIMARY KEY, created_at TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
    details TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TABLE trail_end (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
INSERT INTO trail_end VALUES (1, 0, '');
CREATE TRIGGER trail_is_never_changed BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END;
CREATE TRIGGER trail_is_never_cut BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END;
"""

_TRIGGERS = """
CREATE TABLE firings (
    id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects ON DELETE CASCADE,
    alert TEXT REFERENCES alerts ON DELETE CASCADE, body TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX firings_by_project ON firings (project);
CREATE INDEX firings_by_alert ON firings (alert);
CREATE TABLE trigger_settings (
    id TEXT PRIMARY KEY, project TEXT NOT NULL UNIQUE REFERENCES projects ON DELETE CASCADE, body TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
"""

MIGRATIONS = (_FIRST, _TRIGGERS)
VERSION = len(MIGRATIONS)
