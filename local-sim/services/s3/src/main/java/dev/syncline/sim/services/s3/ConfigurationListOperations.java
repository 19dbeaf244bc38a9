// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads of configurations that a bucket here never has: metrics, inventory, analytics and
 * intelligent tiering. Setting one is refused by name. Thread-safe.
 */
record ConfigurationListOperations(String account, S3Store store) {
  /** The sub-resource by the name of its configurations. */
  private static final Map<String, String> MARKERS =
      Map.of(
          "Analytics", "analytics",
          "IntelligentTiering", "intelligent-tiering",
          "Inventory", "inventory",
          "Metrics", "metrics");

  List<Operation> operations() {
    return MARKERS.keySet().stream().sorted().flatMap(this::operations).toList();
  }

  private Stream<Operation> operations(String kind) {
    String marker = MARKERS.getOrDefault(kind, "");
    return Stream.of(
        S3Call.operation(
            "GetBucket" + kind + "Configuration",
            account,
            S3Bindings.bucket("GET", Answer.payload(kind + "Configuration"))
                .marked(marker + "&id")
                .query(Map.of("id", "Id")),
            this::none),
        S3Call.operation(
            "DeleteBucket" + kind + "Configuration",
            account,
            S3Bindings.bucket("DELETE", Answer.bare(204))
                .marked(marker + "&id")
                .query(Map.of("id", "Id")),
            this::none),
        S3Call.operation(
            "ListBucket" + kind + "Configurations",
            account,
            S3Bindings.bucket("GET", Answer.document("List" + kind + "ConfigurationsResult"))
                .marked(marker)
                .query(S3Bindings.query("continuation-token")),
            this::list));
  }

  private Output none(S3Call call) {
    store.requireBucket(call.bucket());
    throw BucketErrors.noConfiguration();
  }

  private Output list(S3Call call) {
    store.requireBucket(call.bucket());
    return Output.of(Json.object().put("IsTruncated", false));
  }
}
