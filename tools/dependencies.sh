# shellcheck shell=bash
# Sourced by ./dev and .ci/run: what a build needs, and how it gets there.

# missing_packages build|lint|bench|package|opencl|charts: Debian and Ubuntu packages of what is not there, one a line.
missing_packages() {
  local group=$1
  has_command() { command -v "$1" > /dev/null; }
  has_file() { compgen -G "$1" > /dev/null; }
  has_command g++ || echo g++
  has_command cmake || echo cmake
  has_command ninja || echo ninja-build
  has_command ccache || echo ccache
  has_command git || echo git
  has_file '/usr/include/fmt/format.h' || has_file '/usr/local/include/fmt/format.h' || echo libfmt-dev
  has_file '/usr/include/nlohmann/json.hpp' || has_file '/usr/local/include/nlohmann/json.hpp' || echo nlohmann-json3-dev
  has_file '/usr/lib/*/libboost_program_options.so' || has_file '/usr/lib/libboost_program_options.so' ||
    has_file '/usr/local/lib/libboost_program_options.*' || echo libboost-program-options-dev
  has_file '/usr/include/openssl/evp.h' || has_file '/usr/local/include/openssl/evp.h' || echo libssl-dev
  has_file '/usr/include/zstd.h' || has_file '/usr/local/include/zstd.h' || echo libzstd-dev
  has_file '/usr/include/hwy/highway.h' || has_file '/usr/local/include/hwy/highway.h' || echo libhwy-dev
  has_file '/usr/include/dnnl.hpp' || has_file '/usr/include/oneapi/dnnl/dnnl.hpp' ||
    has_file '/usr/local/include/oneapi/dnnl/dnnl.hpp' || echo libdnnl-dev
  has_file '/usr/lib/*/cmake/Ceres/CeresConfig.cmake' || has_file '/usr/lib/cmake/Ceres/CeresConfig.cmake' ||
    has_file '/usr/local/lib/cmake/Ceres/CeresConfig.cmake' || echo libceres-dev
  has_file '/usr/include/catch2/catch.hpp' || has_file '/usr/local/include/catch2/catch.hpp' || echo catch2
  [[ $group != bench ]] || has_file '/usr/include/benchmark/benchmark.h' ||
    has_file '/usr/local/include/benchmark/benchmark.h' || echo libbenchmark-dev
  # Optional: kernels on GPUs, and a driver that runs them on the CPU for the tests.
  if [[ $group == opencl ]]; then
    has_file '/usr/include/CL/cl.h' || has_file '/usr/local/include/CL/cl.h' || echo opencl-headers
    has_file '/usr/lib/*/libOpenCL.so' || has_file '/usr/local/lib/libOpenCL.so' || echo ocl-icd-opencl-dev
    has_file '/etc/OpenCL/vendors/*.icd' || echo pocl-opencl-icd
  fi
  # Optional: what draws charts. Qt6OpenGL is only recommended by qt6-base-dev, and Qt Charts needs it; without a font
  # texts are boxes.
  if [[ $group == charts ]]; then
    has_file '/usr/lib/*/cmake/Qt6Widgets' || has_file '/usr/lib*/cmake/Qt6Widgets' || echo qt6-base-dev
    has_file '/usr/lib/*/cmake/Qt6Charts' || has_file '/usr/lib*/cmake/Qt6Charts' || echo qt6-charts-dev
    has_file '/usr/lib/*/cmake/Qt6OpenGL' || has_file '/usr/lib*/cmake/Qt6OpenGL' || echo libqt6opengl6-dev
    has_file '/usr/lib/*/cmake/Qt6Svg' || has_file '/usr/lib*/cmake/Qt6Svg' || echo qt6-svg-dev
    has_command desktop-file-validate || echo desktop-file-utils
    has_command appstreamcli || echo appstream
    has_file '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' || has_file '/usr/share/fonts/*/DejaVuSans.ttf' ||
      echo fonts-dejavu-core
  fi
  [[ $group != package ]] || has_command dpkg-shlibdeps || echo dpkg-dev
  [[ $group != lint ]] || has_command clang-format || echo clang-format
}

# require_dependencies build|lint|bench|package|opencl|charts: installs only what is missing; says what to do where it cannot.
require_dependencies() {
  local missing=() run=()
  mapfile -t missing < <(missing_packages "$1")
  ((${#missing[@]} > 0)) || return 0
  printf 'missing: %s\n' "${missing[*]}" >&2
  if ! command -v apt-get > /dev/null; then
    echo 'This is not Debian or Ubuntu: install the packages above with your own package manager, then run again.' >&2
    return 1
  fi
  if ((EUID != 0)); then
    if ! command -v sudo > /dev/null; then
      printf 'Run as root: apt-get install %s\n' "${missing[*]}" >&2
      return 1
    fi
    run=(sudo)
    # Without a terminal sudo cannot ask for a password: fail at once instead of hanging.
    [[ -t 0 ]] || run+=(-n)
  fi
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q < /dev/null >&2 || true
  if ! "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" < /dev/null >&2; then
    printf 'Could not install. Try: sudo apt-get install %s\n' "${missing[*]}" >&2
    return 1
  fi
}

# require_dask: Dask for the test of tools/roofcast-dask, in an environment of its own under build/ unless Python has it.
require_dask() {
  ! python3 -c 'import distributed' 2> /dev/null || return 0
  ! build/dask/bin/python -c 'import distributed' 2> /dev/null || return 0
  rm -rf build/dask
  if ! { python3 -m venv build/dask && build/dask/bin/pip install --quiet --disable-pip-version-check distributed; } >&2; then
    rm -rf build/dask
    return 1
  fi
}
