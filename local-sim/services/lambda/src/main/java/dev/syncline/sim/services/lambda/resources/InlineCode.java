// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.ResourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A function's code; source text in the template becomes a zip, as CloudFormation makes it. */
final class InlineCode {
  // The earliest time of a zip file; a fixed time makes equal source give equal bytes.
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private InlineCode() {}

  /** The member {@code Code} as Lambda's operations take it. */
  static ObjectNode packed(ObjectNode properties) {
    ObjectNode code = properties.path("Code").deepCopy();
    JsonNode source = code.path("ZipFile");
    if (source.isTextual()) {
      String runtime = properties.path("Runtime").asText();
      String file;
      if (runtime.startsWith("nodejs")) {
        file = "index.js";
      } else if (runtime.startsWith("python")) {
        file = "index.py";
      } else {
        throw new ResourceException(
            "Property Code/ZipFile holds source text of Node.js or Python; runtime '"
                + runtime
                + "' needs Code/BucketResource and Code/S3Key");
      }
      code.put("ZipFile", Base64.getEncoder().encodeToString(zip(file, source.asText())));
    }
    return code;
  }

  private static byte[] zip(String file, String source) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      var entry = new ZipEntry(file);
      entry.setTimeLocal(TIME);
      zip.putNextEntry(entry);
      zip.write(source.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
