// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Map;
import java.util.Optional;

/** The wire protocol that a service speaks. Encoding and decoding is the codecs' business. */
public sealed interface Protocol {

  /**
   * awsJson1_0 and awsJson1_1.
   *
   * @param targetPrefix what stands before the operation in {@code X-Amz-Target}, without the dot
   * @param version {@code 1.0} or {@code 1.1}
   * @param queryErrors for a service that once spoke the query protocol: the code it had there by
   *     error name. Where it is not empty, errors carry {@code x-amzn-query-error}, which is what
   *     clients show as the code
   */
  record AwsJson(String targetPrefix, String version, Map<String, String> queryErrors)
      implements Protocol {
    /** Copies the codes. */
    public AwsJson {
      queryErrors = Map.copyOf(queryErrors);
    }

    /** A service that never spoke the query protocol. */
    public AwsJson(String targetPrefix, String version) {
      this(targetPrefix, version, Map.of());
    }
  }

  /**
   * awsQuery.
   *
   * @param apiVersion the {@code Version} parameter, such as {@code 2010-05-08}
   * @param namespace the XML namespace of answers
   */
  record Query(String apiVersion, String namespace) implements Protocol {}

  /**
   * One that speaks either, told apart by {@code X-Amz-Target}. Errors are called in queries what
   * {@link AwsJson#queryErrors} says.
   */
  record AwsJsonOrQuery(AwsJson json, Query query) implements Protocol {}

  /** The awsJson side, empty where there is none. */
  default Optional<AwsJson> asJson() {
    return switch (this) {
      case AwsJson json -> Optional.of(json);
      case AwsJsonOrQuery either -> Optional.of(either.json);
      default -> Optional.empty();
    };
  }

  /** The awsQuery side, empty where there is none. */
  default Optional<Query> asQuery() {
    return switch (this) {
      case Query query -> Optional.of(query);
      case AwsJsonOrQuery either -> Optional.of(either.query);
      default -> Optional.empty();
    };
  }

  /** restJson1: every operation has an {@link HttpBinding}. */
  record RestJson() implements Protocol {}

  /** restXml, as S3 speaks it; the service registers an endpoint of its own on the port. */
  record RestXml() implements Protocol {}
}
