// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The wire protocol of a service. The port's codecs encode and decode it. */
public sealed interface Protocol {

  /**
   * awsJson1_0 and awsJson1_1.
   *
   * @param targetPrefix the part before the operation in {@code X-Amz-Target}, without the dot
   * @param version {@code 1.0} or {@code 1.1}
   * @param queryErrors the codes of the former query protocol, by error name, for a service that
   *     had it. If it is not empty, errors carry {@code x-amzn-query-error}, which clients show as
   *     the code
   * @param coral how the service speaks that differs from others in errors, limits and framing;
   *     empty for one that does not
   * @param errorHeaders whether errors are in headers too, as Cognito's: {@code x-amzn-ErrorType}
   *     with a colon behind the code, and {@code x-amzn-ErrorMessage}
   */
  record AwsJson(
      String targetPrefix,
      String version,
      Map<String, String> queryErrors,
      Optional<CoralDialect> coral,
      boolean errorHeaders)
      implements Protocol {
    /** Copies the codes. */
    public AwsJson {
      queryErrors = Map.copyOf(queryErrors);
    }

    /** A service whose errors are in the body, but for the code. */
    public AwsJson(
        String targetPrefix,
        String version,
        Map<String, String> queryErrors,
        Optional<CoralDialect> coral) {
      this(targetPrefix, version, queryErrors, coral, false);
    }

    /** A service whose errors are in headers too. */
    public static AwsJson withErrorHeaders(String targetPrefix, String version) {
      return new AwsJson(targetPrefix, version, Map.of(), Optional.empty(), true);
    }

    /** A service that once spoke the query protocol. */
    public AwsJson(String targetPrefix, String version, Map<String, String> queryErrors) {
      this(targetPrefix, version, queryErrors, Optional.empty());
    }

    /** A service of a dialect. */
    public AwsJson(String targetPrefix, String version, CoralDialect coral) {
      this(targetPrefix, version, Map.of(), Optional.of(coral));
    }

    /** A service that never had the query protocol. */
    public AwsJson(String targetPrefix, String version) {
      this(targetPrefix, version, Map.of());
    }
  }

  /**
   * awsQuery.
   *
   * @param apiVersion the {@code Version} parameter, such as {@code 2010-05-08}
   * @param namespace the XML namespace of answers
   * @param flat how the service writes lists and maps, if it flattens them
   * @param maps the members of answers that are maps, which are written as entries
   */
  record Query(String apiVersion, String namespace, Optional<FlatQuery> flat, Set<String> maps)
      implements Protocol {
    /** A service that writes every list in the protocol's own form, and has no maps. */
    public Query(String apiVersion, String namespace) {
      this(apiVersion, namespace, Optional.empty());
    }

    /** A service that flattens lists and maps. */
    public Query(String apiVersion, String namespace, Optional<FlatQuery> flat) {
      this(apiVersion, namespace, flat, Set.of());
    }
  }

  /**
   * A service with both protocols; requests with {@code X-Amz-Target} are awsJson. Errors of
   * queries have the codes of {@link AwsJson#queryErrors}.
   */
  record AwsJsonOrQuery(AwsJson json, Query query) implements Protocol {}

  /**
   * Whether a request is answered in awsJson where the service has both protocols: one that has a
   * target and, where queries need a form, one whose content type is AWS's JSON.
   *
   * @param targeted whether the request has {@code X-Amz-Target}
   * @param contentType of the request, empty for one without
   */
  default boolean meansJson(boolean targeted, String contentType) {
    return targeted
        || (contentType.startsWith("application/x-amz-json-")
            && asQuery().flatMap(Query::flat).filter(FlatQuery::jsonNeedsTarget).isPresent());
  }

  /** The awsJson protocol, empty for a service without it. */
  default Optional<AwsJson> asJson() {
    return switch (this) {
      case AwsJson json -> Optional.of(json);
      case AwsJsonOrQuery either -> Optional.of(either.json);
      default -> Optional.empty();
    };
  }

  /** The awsQuery protocol, empty for a service without it. */
  default Optional<Query> asQuery() {
    return switch (this) {
      case Query query -> Optional.of(query);
      case AwsJsonOrQuery either -> Optional.of(either.query);
      default -> Optional.empty();
    };
  }

  /** restJson1: every operation has an {@link HttpBinding}. */
  record RestJson() implements Protocol {}

  /**
   * restXml as in S3: every operation has a {@link RestXmlBinding}, addresses are in path style or
   * virtual-hosted style.
   *
   * @param namespace the XML namespace of documents in answers
   * @param items the element of a list's items, by member; a list that is not named is flattened
   *     under its member's name
   * @param wrapped lists whose items are inside another element, by member
   * @param headers the supported {@code x-amz-} headers; any other is refused by name
   */
  record RestXml(
      String namespace, Map<String, String> items, Set<String> wrapped, HeaderRule headers)
      implements Protocol {
    /** Copies the collections. */
    public RestXml {
      items = Map.copyOf(items);
      wrapped = Set.copyOf(wrapped);
    }
  }

  /**
   * The supported {@code x-amz-} headers. Headers of other names are always accepted.
   *
   * @param names in lower case
   * @param prefixes prefixes of further supported names
   * @param values headers that are supported with some values only
   */
  record HeaderRule(Set<String> names, Set<String> prefixes, Map<String, Set<String>> values) {
    /** Copies the collections. */
    public HeaderRule {
      names = Set.copyOf(names);
      prefixes = Set.copyOf(prefixes);
      values = Map.copyOf(values);
    }

    /** Whether the header, in lower case, is supported with this value. */
    public boolean takes(String name, String value) {
      return !name.startsWith("x-amz-")
          || names.contains(name)
          || prefixes.stream().anyMatch(name::startsWith)
          || values.getOrDefault(name, Set.of()).contains(value);
    }
  }
}
