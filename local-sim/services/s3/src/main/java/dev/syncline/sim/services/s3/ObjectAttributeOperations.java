// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operation that reads what is known of an object: GetObjectAttributes. Thread-safe. */
record ObjectAttributeOperations(String account, S3Store store) {
  private static final String ATTRIBUTES = "x-amz-object-attributes";
  private static final Set<String> KNOWN =
      Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "GetObjectAttributes",
            account,
            S3Bindings.object(
                    "GET",
                    Answer.document("GetObjectAttributesResponse")
                        .with(
                            Map.of(
                                "LastModified", "Last-Modified",
                                "VersionId", "x-amz-version-id")))
                .marked("attributes")
                .query(S3Bindings.query("versionId"))
                .headers(
                    S3Bindings.headers(
                        List.of(ATTRIBUTES, "x-amz-max-parts", "x-amz-part-number-marker"),
                        ServerSideEncryption.customerHeaders(ServerSideEncryption.CUSTOMER))),
            this::get));
  }

  private Output get(S3Call call) {
    S3Object object = store.get(call.bucket(), call.key(), call.parameter("versionId"));
    ServerSideEncryption.requireReadable(object, call.headers(), ServerSideEncryption.CUSTOMER);
    Set<String> asked = asked(call);
    ObjectNode json =
        Json.object().put("LastModified", ObjectAnswer.httpDate(object.lastModified()));
    if (store.versioning(call.bucket()).names()) {
      json.put("VersionId", object.versionId());
    }
    if (asked.contains("ETag")) {
      json.put("ETag", object.etag());
    }
    if (asked.contains("Checksum") && !object.checksums().isEmpty()) {
      ObjectNode checksum = json.putObject("Checksum").put("ChecksumType", object.checksumType());
      Checksums.put(checksum, object.checksums());
      // Unlike everywhere else, without the number of parts.
      checksum
          .properties()
          .forEach(
              member ->
                  checksum.put(
                      member.getKey(), member.getValue().asText().replaceAll("-\\d+$", "")));
    }
    if (asked.contains("ObjectParts") && !object.parts().isEmpty()) {
      json.set("ObjectParts", parts(call, object));
    }
    if (asked.contains("StorageClass")) {
      json.put("StorageClass", object.storageClass());
    }
    if (asked.contains("ObjectSize")) {
      json.put("ObjectSize", object.size());
    }
    return Output.of(json);
  }

  /** The attributes that are asked for: a list, which HTTP joins with commas. */
  private static Set<String> asked(S3Call call) {
    var asked = new LinkedHashSet<String>();
    call.input()
        .node(S3Bindings.member(ATTRIBUTES))
        .ifPresent(
            given -> {
              if (given.isArray()) {
                given.forEach(one -> asked.add(one.asText()));
              } else {
                for (String one : given.asText().split(",", -1)) {
                  asked.add(one.strip());
                }
              }
            });
    if (asked.isEmpty() || !KNOWN.containsAll(asked)) {
      throw S3Errors.invalidArgument(
          ATTRIBUTES, String.join(",", asked), "Invalid attribute name specified.");
    }
    return asked;
  }

  /** Parts without checksums are counted and not listed. */
  private static ObjectNode parts(S3Call call, S3Object object) {
    ObjectNode json = Json.object().put("PartsCount", object.parts().size());
    if (!object.checksumType().equals("COMPOSITE")) {
      return json;
    }
    int most = Math.min(S3Text.MAX_KEYS, number(call, "x-amz-max-parts", S3Text.MAX_KEYS));
    int after = number(call, "x-amz-part-number-marker", 0);
    List<S3Object.ObjectPart> rest =
        object.parts().stream().filter(part -> part.number() > after).toList();
    List<S3Object.ObjectPart> page = rest.subList(0, Math.min(most, rest.size()));
    json.put("PartNumberMarker", after)
        .put("NextPartNumberMarker", page.isEmpty() ? 0 : page.getLast().number())
        .put("MaxParts", most)
        .put("IsTruncated", page.size() < rest.size());
    ArrayNode parts = json.putArray("Part");
    for (S3Object.ObjectPart part : page) {
      ObjectNode one = parts.addObject().put("PartNumber", part.number()).put("Size", part.size());
      Checksums.put(one, part.checksums());
    }
    return json;
  }

  private static int number(S3Call call, String header, int fallback) {
    String value = call.header(header);
    if (value.isEmpty()) {
      return fallback;
    }
    if (!value.matches("\\d{1,9}")) {
      throw S3Errors.invalidArgument(
          header, value, "Provided " + header + " not an integer or within integer range");
    }
    return Integer.parseInt(value);
  }
}
