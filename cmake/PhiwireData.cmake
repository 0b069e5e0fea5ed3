# The data the library reads at run time, laid out in the build tree as it is
# installed (share/phiwire): lexicon.bin (built from data/lexicon), weights.tsv,
# catalogue/*.yaml, context/*.yaml, and the images of these (base/image.h):
# weights.bin, catalogue/yaml.bin, context/yaml.bin.
set(PHIWIRE_BUILD_DATA_DIR ${CMAKE_BINARY_DIR}/share/phiwire)
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)

file(GLOB lexicon_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/lexicon/*)
add_custom_command(
  OUTPUT ${PHIWIRE_BUILD_DATA_DIR}/lexicon.bin
  COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/build_lexicon.py
          ${CMAKE_SOURCE_DIR}/data/lexicon ${PHIWIRE_BUILD_DATA_DIR}/lexicon.bin
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/build_lexicon.py ${lexicon_sources}
  VERBATIM)
set(data_outputs ${PHIWIRE_BUILD_DATA_DIR}/lexicon.bin)

# What surrogates are drawn from, compiled in: no file to find at run time.
set(fake_lists ${CMAKE_BINARY_DIR}/generated/fake_lists.inc)
set(fake_sources "")
foreach(table surnames first_names us_cities us_counties us_states countries)
  list(APPEND fake_sources ${CMAKE_SOURCE_DIR}/data/lexicon/${table}.tsv)
endforeach()
add_custom_command(
  OUTPUT ${fake_lists}
  COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/build_fakes.py
          ${CMAKE_SOURCE_DIR}/data/lexicon ${fake_lists}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/build_fakes.py ${fake_sources}
          ${CMAKE_SOURCE_DIR}/data/lexicon/english_words.txt
  VERBATIM)
target_sources(phiwire_anonymizers PRIVATE ${fake_lists})
target_include_directories(phiwire_anonymizers PRIVATE ${CMAKE_BINARY_DIR}/generated)

# phiwire_data(SUBFOLDER FILE...): copied to share/phiwire/SUBFOLDER on change.
function(phiwire_data subfolder)
  foreach(file ${ARGN})
    get_filename_component(name ${file} NAME)
    set(out ${PHIWIRE_BUILD_DATA_DIR}/${subfolder}/${name})
    add_custom_command(OUTPUT ${out} DEPENDS ${file}
      COMMAND ${CMAKE_COMMAND} -E copy ${file} ${out} VERBATIM)
    list(APPEND data_outputs ${out})
  endforeach()
  set(data_outputs ${data_outputs} PARENT_SCOPE)
endfunction()

file(GLOB catalogue CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/recognizers/catalogue/*.yaml)
file(GLOB context CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/rules/context/*.yaml)
phiwire_data(catalogue ${catalogue})
phiwire_data(context ${context})
phiwire_data(. ${CMAKE_SOURCE_DIR}/rules/weights.tsv)

add_executable(phiwire_build_images ${CMAKE_SOURCE_DIR}/tools/build_images.cc)
target_link_libraries(phiwire_build_images PRIVATE phiwire_rules)

# phiwire_image(KIND OUT FILE...): the files' image, at share/phiwire/OUT.
function(phiwire_image kind out)
  set(path ${PHIWIRE_BUILD_DATA_DIR}/${out})
  add_custom_command(OUTPUT ${path}
    COMMAND phiwire_build_images ${kind} ${path} ${ARGN}
    DEPENDS phiwire_build_images ${ARGN} VERBATIM)
  set(data_outputs ${data_outputs} ${path} PARENT_SCOPE)
endfunction()
phiwire_image(weights weights.bin ${CMAKE_SOURCE_DIR}/rules/weights.tsv)
phiwire_image(yaml catalogue/yaml.bin ${catalogue})
phiwire_image(yaml context/yaml.bin ${context})

add_custom_target(phiwire_data_files ALL DEPENDS ${data_outputs})
