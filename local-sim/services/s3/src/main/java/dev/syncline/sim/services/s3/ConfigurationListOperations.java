// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads of configurations that a bucket here never has: metrics, inventory, analytics and
 * intelligent tiering. Setting one is refused by name. Thread-safe.
 */
record ConfigurationListOperations(String account, S3Store store) {
  List<Operation> operations() {
    return Stream.of(
            operations(
                "analytics",
                "GetBucketAnalyticsConfiguration",
                "DeleteBucketAnalyticsConfiguration",
                "ListBucketAnalyticsConfigurations"),
            operations(
                "intelligent-tiering",
                "GetBucketIntelligentTieringConfiguration",
                "DeleteBucketIntelligentTieringConfiguration",
                "ListBucketIntelligentTieringConfigurations"),
            operations(
                "inventory",
                "GetBucketInventoryConfiguration",
                "DeleteBucketInventoryConfiguration",
                "ListBucketInventoryConfigurations"),
            operations(
                "metrics",
                "GetBucketMetricsConfiguration",
                "DeleteBucketMetricsConfiguration",
                "ListBucketMetricsConfigurations"))
        .flatMap(Function.identity())
        .toList();
  }

  private Stream<Operation> operations(String marker, String get, String delete, String list) {
    var one = Map.of("id", "Id");
    return Stream.of(
        S3Call.operation(
            get,
            account,
            S3Bindings.bucket("GET", Answer.payload(get.substring("GetBucket".length())))
                .marked(marker + "&id")
                .query(one),
            this::none),
        S3Call.operation(
            delete,
            account,
            S3Bindings.bucket("DELETE", Answer.bare(204)).marked(marker + "&id").query(one),
            this::none),
        S3Call.operation(
            list,
            account,
            S3Bindings.bucket("GET", Answer.document(list.replace("Bucket", "") + "Result"))
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
