// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operation that copies an object: CopyObject. Thread-safe. */
record ObjectCopyOperations(ObjectWriter writer) {
  private static final String METADATA_DIRECTIVE = "x-amz-metadata-directive";
  private static final String TAGGING_DIRECTIVE = "x-amz-tagging-directive";
  private static final List<String> COPY =
      List.of(METADATA_DIRECTIVE, TAGGING_DIRECTIVE, "x-amz-checksum-algorithm");

  List<Operation> operations() {
    Map<String, String> answered = new HashMap<>(S3Bindings.ENCRYPTED);
    answered.put("CopySourceVersionId", "x-amz-copy-source-version-id");
    return List.of(
        S3Call.operation(
            "CopyObject",
            writer.account(),
            S3Bindings.object("PUT", Answer.payload("CopyObjectResult").with(answered))
                .marked("x-amz-copy-source")
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CONTENT,
                        ObjectSettings.HEADERS,
                        ServerSideEncryption.WRITING,
                        S3Bindings.WRITE_CONDITIONS,
                        CopySource.HEADERS,
                        COPY))
                .prefixed(S3Bindings.metadata()),
            this::copy));
  }

  private Output copy(S3Call call) {
    CopySource source = CopySource.of(call);
    boolean replace = replaces(call, METADATA_DIRECTIVE, "Unknown metadata directive.");
    boolean retag = replaces(call, TAGGING_DIRECTIVE, "Unknown tagging directive.");
    S3Object from = source.read(writer.store(), call);
    requireChange(call, source, replace);
    Map<String, String> headers = new HashMap<>(ObjectSettings.copied(from.headers()));
    Map<String, String> tags = from.tags();
    if (replace) {
      headers = new HashMap<>(writer.settings(call).headers());
    }
    if (retag) {
      tags = ObjectTags.ofHeader(call.header(ObjectTags.HEADER));
    }
    headers.putAll(writer.ownHeaders(call));
    S3Object copy =
        writer
            .store()
            .put(
                call.bucket(),
                S3Object.whole(
                    call.key(),
                    from.content(),
                    writer.clock().now(),
                    headers,
                    checksums(call, from),
                    tags),
                WriteCondition.ofWrite(call.headers()),
                "ObjectCreated:Copy");
    ObjectNode json = writer.describe(Json.object(), call.bucket(), copy);
    source.putVersion(json, writer.store(), from);
    ObjectNode result =
        json.putObject("CopyObjectResult")
            .put("ETag", copy.quotedEtag())
            .put("LastModified", S3Text.time(copy.lastModified()))
            .put("ChecksumType", copy.checksumType());
    Checksums.put(result, copy.checksums());
    return Output.of(json);
  }

  /** A copy has the checksum that it asks for, else its source's kind, of its whole content. */
  private static Map<String, String> checksums(S3Call call, S3Object from) {
    String asked = call.header("x-amz-checksum-algorithm");
    if (asked.isEmpty() && from.parts().isEmpty() && !from.checksums().isEmpty()) {
      return from.checksums();
    }
    ChecksumAlgorithm algorithm =
        asked.isEmpty()
            ? from.checksums().keySet().stream()
                .findFirst()
                .flatMap(ChecksumAlgorithm::ofHeader)
                .orElse(ChecksumAlgorithm.CRC64NVME)
            : MultipartUpload.requireAlgorithm(asked);
    return Map.of(algorithm.header(), algorithm.of(from.content()));
  }

  /** A copy to itself must change something. */
  private static void requireChange(S3Call call, CopySource source, boolean replace) {
    boolean toItself =
        source.bucket().equals(call.bucket())
            && source.key().equals(call.key())
            && source.versionId().isEmpty();
    boolean changes =
        replace
            || ObjectSettings.names(
                call.headers(),
                List.of(ObjectSettings.STORAGE_CLASS, ObjectSettings.WEBSITE_REDIRECT))
            || ObjectSettings.names(call.headers(), ServerSideEncryption.WRITING);
    if (toItself && !changes) {
      throw S3Errors.copyToItself();
    }
  }

  private static boolean replaces(S3Call call, String header, String unknown) {
    return switch (call.header(header)) {
      case "", "COPY" -> false;
      case "REPLACE" -> true;
      default -> throw S3Errors.invalidArgument(header, call.header(header), unknown);
    };
  }
}
