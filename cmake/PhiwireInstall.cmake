# What is installed: the command line, one shared library of all folders, the
# public headers (listed here once), the data, and the package config.
set(PHIWIRE_PUBLIC_HEADERS
  include/phiwire/anonymizer.h
  include/phiwire/deidentifier.h
  include/phiwire/finding.h
  include/phiwire/phiwire.h
  include/phiwire/policy.h
  include/phiwire/types.h)

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(objects "")
foreach(folder base engine recognizers rules anonymizers formats policy)
  list(APPEND objects $<TARGET_OBJECTS:phiwire_${folder}>)
endforeach()
add_library(phiwire SHARED ${objects})
add_library(phiwire::phiwire ALIAS phiwire)
set_target_properties(phiwire PROPERTIES LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
target_compile_features(phiwire PUBLIC cxx_std_20)
target_sources(phiwire PUBLIC FILE_SET HEADERS
  BASE_DIRS ${CMAKE_SOURCE_DIR}/include FILES ${PHIWIRE_PUBLIC_HEADERS})
target_link_libraries(phiwire PUBLIC absl::status absl::statusor
  PRIVATE phiwire_externals $<BUILD_INTERFACE:phiwire_options>)
add_dependencies(phiwire phiwire_data_files)

if(TARGET phiwire_cli)
  install(TARGETS phiwire_cli)
endif()
install(TARGETS phiwire EXPORT phiwireTargets FILE_SET HEADERS)
install(DIRECTORY ${PHIWIRE_BUILD_DATA_DIR}/ DESTINATION ${CMAKE_INSTALL_DATADIR}/phiwire)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/data/SOURCES.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/phiwire)
install(EXPORT phiwireTargets NAMESPACE phiwire:: DESTINATION ${package_dir})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/phiwireConfig.cmake.in
  ${CMAKE_BINARY_DIR}/phiwireConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/phiwireConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/phiwireConfig.cmake
  ${CMAKE_BINARY_DIR}/phiwireConfigVersion.cmake DESTINATION ${package_dir})
