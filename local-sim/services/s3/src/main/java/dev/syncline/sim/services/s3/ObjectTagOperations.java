// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import java.util.List;
import java.util.Map;

/** Operations on the tags of an object's version. Thread-safe. */
record ObjectTagOperations(String account, S3Store store) {
  private static final Map<String, String> VERSION = Map.of("VersionId", "x-amz-version-id");

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "GetObjectTagging",
            account,
            binding("GET", Answer.document("Tagging").with(VERSION)),
            this::get),
        S3Call.operation(
            "PutObjectTagging",
            account,
            binding("PUT", Answer.headers(VERSION))
                .headers(S3Bindings.headers(S3Bindings.CHECKSUMS))
                .carrying(Document.shaped("Tagging", "Tagging", true, "Tagging")),
            this::put),
        S3Call.operation(
            "DeleteObjectTagging",
            account,
            binding("DELETE", new Answer(204, "", "", "", VERSION, "")),
            this::delete));
  }

  private static RestXmlBinding binding(String method, Answer answer) {
    return S3Bindings.object(method, answer).marked("tagging").query(S3Bindings.query("versionId"));
  }

  private Output get(S3Call call) {
    S3Object object = store.get(call.bucket(), call.key(), call.parameter("versionId"));
    ObjectNode json = named(call, object);
    json.set("TagSet", ObjectTags.set(object.tags()));
    return Output.of(json);
  }

  private Output put(S3Call call) {
    Checksums.check(call.headers(), call.content());
    Map<String, String> tags =
        ObjectTags.ofSet(
            call.input()
                .structure("Tagging")
                .filter(tagging -> tagging.has("TagSet"))
                .orElseThrow(S3Errors::malformedXml)
                .structures("TagSet"));
    return change(call, tags, "ObjectTagging:Put");
  }

  private Output delete(S3Call call) {
    return change(call, Map.of(), "ObjectTagging:Delete");
  }

  private Output change(S3Call call, Map<String, String> tags, String event) {
    S3Object changed =
        store.change(
            call.bucket(),
            call.key(),
            call.parameter("versionId"),
            event,
            object -> object.withTags(tags));
    return Output.of(named(call, changed));
  }

  private ObjectNode named(S3Call call, S3Object object) {
    ObjectNode json = Json.object();
    if (store.versioning(call.bucket()).names()) {
      json.put("VersionId", object.versionId());
    }
    return json;
  }
}
