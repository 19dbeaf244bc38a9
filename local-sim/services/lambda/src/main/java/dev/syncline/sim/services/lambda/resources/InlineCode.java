// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.ResourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function's code; source text in the template becomes a zip, as CloudFormation makes it. Source
 * that names the module for the answers of custom resources gets it.
 */
final class InlineCode {
  // The earliest time of a zip file; a fixed time makes equal source give equal bytes.
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** How the inline code of a language is packed. */
  private enum Language {
    NODE("nodejs", "index.js", "cfn-response", "cfn-response.js"),
    PYTHON("python", "index.py", "cfnresponse", "cfnresponse.py");

    private final String runtimes;
    private final String file;
    private final String module;
    private final String moduleFile;

    Language(String runtimes, String file, String module, String moduleFile) {
      this.runtimes = runtimes;
      this.file = file;
      this.module = module;
      this.moduleFile = moduleFile;
    }
  }

  private InlineCode() {}

  /** The member {@code Code} as Lambda's operations take it. */
  static ObjectNode packed(ObjectNode properties) {
    ObjectNode code = properties.path("Code").deepCopy();
    JsonNode source = code.path("ZipFile");
    if (source.isTextual()) {
      byte[] zip = zip(language(properties.path("Runtime").asText()), source.asText());
      code.put("ZipFile", Base64.getEncoder().encodeToString(zip));
    }
    return code;
  }

  private static Language language(String runtime) {
    for (Language language : Language.values()) {
      if (runtime.startsWith(language.runtimes)) {
        return language;
      }
    }
    throw new ResourceException(
        "Property Code/ZipFile holds source text of Node.js or Python; runtime '"
            + runtime
            + "' needs Code/S3Bucket and Code/S3Key");
  }

  private static byte[] zip(Language language, String source) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      add(zip, language.file, source.getBytes(StandardCharsets.UTF_8));
      if (source.contains(language.module)) {
        add(zip, language.moduleFile, module(language));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] module(Language language) throws IOException {
    try (InputStream file = InlineCode.class.getResourceAsStream(language.moduleFile)) {
      if (file == null) {
        throw new IllegalStateException("the resource " + language.moduleFile + " is missing");
      }
      return file.readAllBytes();
    }
  }

  private static void add(ZipOutputStream zip, String file, byte[] content) throws IOException {
    var entry = new ZipEntry(file);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
