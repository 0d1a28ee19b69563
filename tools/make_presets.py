#!/usr/bin/env python3
"""Writes presets/model, presets/gpu, presets/accelerator and presets/cpu from the reference tables:

    tools/make_presets.py [--reference ../shared/reference] [--presets presets]

The engines' profiles (presets/engine) are written by hand: their rules come out of source code, not tables.
"""
import argparse
import pathlib

from preset_tables.devices import device_profiles
from preset_tables.models import model_profiles
from preset_tables.profile_text import write_profile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reference", type=pathlib.Path, default=ROOT / "../shared/reference")
    options.add_argument("--presets", type=pathlib.Path, default=ROOT / "presets")
    chosen = options.parse_args()

    models = model_profiles(chosen.reference / "models.csv")
    for profile in models:
        write_profile(chosen.presets / "model", profile)
    devices = device_profiles(chosen.reference / "hardware.csv")
    for folder, profile in devices:
        write_profile(chosen.presets / folder, profile)
    print(f"{len(models)} models, {len(devices)} devices")


if __name__ == "__main__":
    main()
