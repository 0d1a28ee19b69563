cmake_minimum_required(VERSION 3.25)
# cmake -DSOURCE=dir -DOUTPUT=file.cpp -P git_revision.cmake: runs at every build, rewrites only what changed.
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12 --exclude=*
  OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(revision "")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT "#include \"core/version.hpp\"

std::string_view roofcast::git_revision() {
  return \"@revision@\";
}
")
