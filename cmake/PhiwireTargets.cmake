# phiwire_library(FOLDER [DEPS FOLDER...]): the .cc files of a folder and its
# subfolders become the static library phiwire_FOLDER. The folders' arrows are
# DESIGN.md's; tools/check_deps.py holds the includes against them.
function(phiwire_library folder)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/${folder}/*.cc ${CMAKE_SOURCE_DIR}/${folder}/*.h)
  if(NOT sources)  # a folder that is still empty
    file(TOUCH ${CMAKE_BINARY_DIR}/empty.cc)
    set(sources ${CMAKE_BINARY_DIR}/empty.cc)
  endif()
  add_library(phiwire_${folder} STATIC ${sources})
  set_target_properties(phiwire_${folder} PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(phiwire_${folder} PUBLIC phiwire_options phiwire_externals)
  foreach(dep ${ARG_DEPS})
    target_link_libraries(phiwire_${folder} PUBLIC phiwire_${dep})
  endforeach()
endfunction()

add_library(phiwire_options INTERFACE)
target_include_directories(phiwire_options INTERFACE
  ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/include)
target_compile_options(phiwire_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow $<$<BOOL:${PHIWIRE_WERROR}>:-Werror>)
if(PHIWIRE_SANITIZE)
  target_compile_options(phiwire_options INTERFACE
    -fsanitize=${PHIWIRE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(phiwire_options INTERFACE -fsanitize=${PHIWIRE_SANITIZE})
endif()
