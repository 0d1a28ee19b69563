"""The tables behind presets/: reference CSV rows to profiles. Run through tools/make_presets.py."""
