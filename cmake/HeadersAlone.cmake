include_guard()

# roofcast_headers_alone(name HEADERS a.hpp ... LINK targets...): one translation unit per header that includes it and nothing else,
# so a header that needs a neighbour's include first does not build. Not part of a build: a test builds it.
function(roofcast_headers_alone name)
  cmake_parse_arguments(ARG "" "" "HEADERS;LINK" ${ARGN})
  set(units "")
  foreach(header ${ARG_HEADERS})
    file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${header})
    string(REPLACE "/" "_" unit ${path})
    set(unit ${CMAKE_CURRENT_BINARY_DIR}/headers_alone/${unit}.cpp)
    file(CONFIGURE OUTPUT ${unit} CONTENT "#include \"${path}\"\n")
    list(APPEND units ${unit})
  endforeach()
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${units})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  roofcast_configure(${name})
  target_compile_options(${name} PRIVATE -O0)
endfunction()
