// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.datasource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Carries out the requests of handlers. Implementations are thread-safe and may block. */
public interface DataSourceCalls {
  /** Without data sources. */
  DataSourceCalls NONE =
      new DataSourceCalls() {
        @Override
        public Result call(DataSource source, JsonNode request) {
          return source.type() == DataSource.Type.NONE
              ? Result.of(request.path("payload"))
              : Result.failed("DataSourceException", "no data source can be called here");
        }

        @Override
        public Result invoke(DataSource source, ObjectNode payload, boolean wait) {
          return Result.failed("DataSourceException", "no function can be called here");
        }
      };

  /**
   * The result of a request.
   *
   * @param value {@code ctx.result}; a null node without a result
   * @param error {@code ctx.error}, with {@code message} and {@code type}; null for a success
   */
  record Result(JsonNode value, @Nullable ObjectNode error) {
    /** The call succeeded. */
    public static Result of(JsonNode value) {
      return new Result(value.isMissingNode() ? NullNode.instance : value, null);
    }

    /** The call failed. */
    public static Result failed(String type, String message) {
      return new Result(
          NullNode.instance,
          JsonNodeFactory.instance.objectNode().put("message", message).put("type", type));
    }
  }

  /** Carries out the request that a handler returned. */
  Result call(DataSource source, JsonNode request);

  /** Calls the function of a source directly; {@code wait} is whether to wait for its answer. */
  Result invoke(DataSource source, ObjectNode payload, boolean wait);
}
