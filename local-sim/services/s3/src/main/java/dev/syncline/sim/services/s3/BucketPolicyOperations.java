// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import java.util.List;

/** Operations on bucket policies. Thread-safe. */
record BucketPolicyOperations(String account, S3Store store) {
  private static final BucketSetting POLICY = BucketSetting.POLICY;

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            POLICY.put(),
            account,
            S3Bindings.bucket("PUT", Answer.bare(204))
                .marked(POLICY.marker())
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CHECKSUMS, List.of("x-amz-confirm-remove-self-bucket-access")))
                .carrying(Document.text("Policy")),
            this::put),
        S3Call.operation(
            POLICY.get(),
            account,
            S3Bindings.bucket("GET", Answer.text("Policy", "application/json"))
                .marked(POLICY.marker()),
            this::get),
        S3Call.operation(
            POLICY.delete(), account, SettingOperations.deleteBinding(POLICY), this::delete),
        S3Call.operation(
            "GetBucketPolicyStatus",
            account,
            S3Bindings.bucket("GET", Answer.payload("PolicyStatus")).marked("policyStatus"),
            this::status));
  }

  private Output put(S3Call call) {
    BucketSettings settings = store.settings(call.bucket());
    Checksums.check(call.headers(), call.content());
    String text = call.input().text("Policy").orElse("");
    JsonNode policy = BucketPolicyRules.require(text, call.bucket());
    if (settings.blocks("BlockPublicPolicy") && BucketPolicyRules.isPublic(policy)) {
      throw BucketErrors.blockedPolicy(call.bucket(), account);
    }
    settings.put(POLICY, TextNode.valueOf(text));
    return Output.empty();
  }

  private Output get(S3Call call) {
    return Output.of(Json.object().put("Policy", policy(call)));
  }

  private String policy(S3Call call) {
    return store
        .settings(call.bucket())
        .get(POLICY)
        .orElseThrow(() -> BucketErrors.noPolicy(call.bucket()))
        .asText();
  }

  private Output delete(S3Call call) {
    store.settings(call.bucket()).remove(POLICY);
    return Output.empty();
  }

  private Output status(S3Call call) {
    JsonNode policy = BucketPolicyRules.require(policy(call), call.bucket());
    var answer = Json.object();
    answer.putObject("PolicyStatus").put("IsPublic", BucketPolicyRules.isPublic(policy));
    return Output.of(answer);
  }
}
