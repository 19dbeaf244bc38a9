// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.ResponseSink;
import dev.syncline.sim.lambda.RuntimeErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body that a runtime posts: kept up to a limit, or passed on as it comes. It is never parsed.
 * Not thread-safe.
 */
final class PostedBody implements RuntimeApiConnection.Sink {
  private static final String ERROR_TYPE = "lambda-runtime-function-error-type";

  /** The maximum of a streamed response, in bytes. Source: Lambda quotas. */
  private static final long MAX_STREAMED = 200L * 1024 * 1024;

  private final long max;
  private final @Nullable ResponseSink stream;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long size;

  private PostedBody(long max, @Nullable ResponseSink stream) {
    this.max = max;
    this.stream = stream;
  }

  /** A body that is kept. */
  static PostedBody kept() {
    return new PostedBody(RuntimeErrors.MAX_SYNCHRONOUS_PAYLOAD, null);
  }

  /** A body that is passed on. */
  static PostedBody streamed(ResponseSink stream) {
    return new PostedBody(MAX_STREAMED, stream);
  }

  @Override
  public void add(byte[] buffer, int count) {
    size += count;
    if (size > max) {
      kept.reset();
    } else if (stream != null) {
      stream.part(Arrays.copyOf(buffer, count));
    } else {
      kept.write(buffer, 0, count);
    }
  }

  /** Whether it was longer than allowed; the rest has been dropped. */
  boolean tooLarge() {
    return size > max;
  }

  /** The kept bytes, empty for a body that was passed on. */
  byte[] bytes() {
    return kept.toByteArray();
  }

  /** The outcome of a response with these trailers: they carry an error after the first bytes. */
  FunctionOutcome response(Map<String, String> trailers) {
    String type = trailers.get(ERROR_TYPE);
    if (type == null) {
      return FunctionOutcome.success(bytes());
    }
    byte[] error;
    try {
      error =
          Base64.getDecoder()
              .decode(trailers.getOrDefault("lambda-runtime-function-error-body", ""));
    } catch (IllegalArgumentException notBase64) {
      error = new byte[0];
    }
    if (error.length == 0) {
      error = RuntimeErrors.of(type, "", false).payload();
    }
    return FunctionOutcome.failure(error, type, false);
  }

  /**
   * Reads an error that a runtime posts.
   *
   * @param fallback its type if neither the error nor the header has one
   * @param lost as in {@link FunctionOutcome}
   */
  static FunctionOutcome error(
      RuntimeApiConnection connection,
      RuntimeApiConnection.Request request,
      String fallback,
      boolean lost)
      throws IOException {
    PostedBody body = kept();
    var unused = connection.body(request, body);
    if (body.tooLarge()) {
      return RuntimeErrors.responseTooLarge(lost);
    }
    String header = request.headers().get(ERROR_TYPE);
    String type = RuntimeErrors.typeOf(body.bytes(), header == null ? fallback : header);
    return FunctionOutcome.failure(body.bytes(), type, lost);
  }
}
