#pragma once

#include <array>

#include "cli/command.hpp"

namespace roofcast::cli {

OptionTable estimate_table();
Exit run_estimate(const ParsedOptions& options, Io io);
OptionTable compare_table();
Exit run_compare(const ParsedOptions& options, Io io);
OptionTable diff_table();
Exit run_diff(const ParsedOptions& options, Io io);
OptionTable report_table();
Exit run_report(const ParsedOptions& options, Io io);
OptionTable plan_table();
Exit run_plan(const ParsedOptions& options, Io io);
OptionTable sweep_table();
Exit run_sweep(const ParsedOptions& options, Io io);
OptionTable merge_table();
Exit run_merge(const ParsedOptions& options, Io io);
OptionTable calibrate_table();
Exit run_calibrate(const ParsedOptions& options, Io io);
OptionTable validate_table();
Exit run_validate(const ParsedOptions& options, Io io);
OptionTable models_list_table();
Exit run_models_list(const ParsedOptions& options, Io io);
OptionTable models_show_table();
Exit run_models_show(const ParsedOptions& options, Io io);
OptionTable models_import_table();
Exit run_models_import(const ParsedOptions& options, Io io);
OptionTable hardware_list_table();
Exit run_hardware_list(const ParsedOptions& options, Io io);
OptionTable hardware_show_table();
Exit run_hardware_show(const ParsedOptions& options, Io io);
OptionTable hardware_import_table();
Exit run_hardware_import(const ParsedOptions& options, Io io);
OptionTable engines_list_table();
Exit run_engines_list(const ParsedOptions& options, Io io);
OptionTable engines_show_table();
Exit run_engines_show(const ParsedOptions& options, Io io);
OptionTable explain_table();
Exit run_explain(const ParsedOptions& options, Io io);
OptionTable roofline_table();
Exit run_roofline(const ParsedOptions& options, Io io);
OptionTable plot_table();
Exit run_plot(const ParsedOptions& options, Io io);
OptionTable gui_table();
Exit run_gui(const ParsedOptions& options, Io io);
OptionTable probe_table();
Exit run_probe(const ParsedOptions& options, Io io);
OptionTable bench_table();
Exit run_bench(const ParsedOptions& options, Io io);
OptionTable help_table();
Exit run_help(const ParsedOptions& options, Io io);
OptionTable completion_table();
Exit run_completion(const ParsedOptions& options, Io io);
OptionTable version_table();
Exit run_version(const ParsedOptions& options, Io io);

/// The whole command set, in the order of `roofcast help`. A new subcommand = cmd_NAME.cpp + its two
/// declarations + a row.
inline constexpr std::array kCommands{
    Command{"estimate", "one deployment: does it fit, how fast, what limits it", &estimate_table, &run_estimate},
    Command{"compare", "attention variants, devices or models side by side", &compare_table, &run_compare},
    Command{"diff", "what two scenarios differ in, inputs first", &diff_table, &run_diff},
    Command{"report", "one scenario as a self-contained HTML file", &report_table, &run_report},
    Command{"plan", "the deployments that serve a demand, and why others do not", &plan_table, &run_plan},
    Command{"sweep", "evaluate a grid of deployments and loads to CSV", &sweep_table, &run_sweep},
    Command{"merge", "put the shards of a sweep together", &merge_table, &run_merge},
    Command{"roofline", "every operator of a model under a device's roofs", &roofline_table, &run_roofline},
    Command{"plot", "draw a chart of a sweep or a validation", &plot_table, &run_plot},
    Command{"gui", "open the desktop planner", &gui_table, &run_gui},
    Command{"probe", "measure this machine's ceilings, write a hardware profile", &probe_table, &run_probe},
    Command{"bench", "run the reference kernels over a grid to CSV", &bench_table, &run_bench},
    Command{"calibrate", "fit closed forms to measured kernel calls", &calibrate_table, &run_calibrate},
    Command{"validate", "how far predictions are from measured rows", &validate_table, &run_validate},
    Command{"models list", "the models known by name", &models_list_table, &run_models_list},
    Command{"models show", "a model's dimensions and sizes", &models_show_table, &run_models_show},
    Command{"models import", "read a model from its files, keep it", &models_import_table, &run_models_import},
    Command{"hardware list", "the devices known by name", &hardware_list_table, &run_hardware_list},
    Command{"hardware show", "a device's figures", &hardware_show_table, &run_hardware_show},
    Command{"hardware import", "check a device profile, keep it", &hardware_import_table, &run_hardware_import},
    Command{"engines list", "the engines known by name", &engines_list_table, &run_engines_list},
    Command{"engines show", "an engine's memory rules", &engines_show_table, &run_engines_show},
    Command{"explain", "the formula of a figure, the numbers put in, the source", &explain_table, &run_explain},
    Command{"help", "show the commands, or one of them", &help_table, &run_help},
    Command{"completion", "print a completion script for a shell", &completion_table, &run_completion},
    Command{"version", "print the version", &version_table, &run_version},
};

}  // namespace roofcast::cli
