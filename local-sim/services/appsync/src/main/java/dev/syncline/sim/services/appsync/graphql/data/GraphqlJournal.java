// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.kernel.JournalRecord;
import java.time.Duration;

/**
 * Journal events of GraphQL APIs. They never contain credentials. Documents and results are
 * shortened to {@link #MAX_SHOWN} characters.
 */
public sealed interface GraphqlJournal extends JournalRecord {
  /** Characters of a document or result at most. */
  int MAX_SHOWN = 4_096;

  @Override
  default String source() {
    return "appsync";
  }

  /**
   * A request was answered.
   *
   * @param mode the mode that verified the caller
   * @param operation the name of the operation; empty without one
   * @param query the document, shortened
   * @param variables shortened
   * @param result the body of the answer, shortened
   */
  record GraphqlAnswered(
      @Detail("api") String apiId,
      @Detail("request") String requestId,
      String mode,
      @OmitEmpty String operation,
      String query,
      String variables,
      int status,
      int errors,
      int resolvers,
      @Detail("millis") Duration took,
      String result)
      implements GraphqlJournal {}

  /** A request was refused before its execution. */
  record GraphqlRefused(
      @Detail("api") @OmitEmpty String apiId,
      @Detail("request") String requestId,
      int status,
      String error,
      String reason)
      implements GraphqlJournal {}

  /**
   * A data source carried out the request of a resolver.
   *
   * @param sent the request document, shortened
   * @param result shortened
   * @param error empty for a success
   */
  record ResolverCalled(
      @Detail("api") String apiId,
      @Detail("request") String requestId,
      @Detail("source") String dataSource,
      String sent,
      String result,
      @OmitEmpty String error)
      implements GraphqlJournal {}

  /**
   * A resolver ran.
   *
   * @param field such as {@code Query.getItem}
   * @param path of the response, such as {@code items/0/owner}
   */
  record ResolverRan(
      @Detail("api") String apiId,
      @Detail("request") String requestId,
      String field,
      String path,
      @Detail("millis") Duration took,
      @OmitEmpty String errors)
      implements GraphqlJournal {}
}
