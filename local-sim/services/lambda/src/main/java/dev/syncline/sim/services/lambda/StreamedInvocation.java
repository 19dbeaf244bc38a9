// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.service.http.BodyStream;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A running invocation whose response is passed on while the function makes it. It must be read to
 * its end or {@linkplain #close closed}. Used by one thread.
 */
final class StreamedInvocation implements AutoCloseable {
  private final SimClock clock;
  private final ResponsePipe pipe;
  private final Runnable released;
  private final String version;

  /**
   * An invocation that has begun to stream, or has ended.
   *
   * @param version that runs
   * @param released runs once, at the end
   */
  StreamedInvocation(SimClock clock, ResponsePipe pipe, String version, Runnable released) {
    this.clock = clock;
    this.pipe = pipe;
    this.version = version;
    this.released = released;
  }

  String version() {
    return version;
  }

  /** The type of what is streamed, null when the function does not stream. */
  @Nullable String contentType() {
    return pipe.contentType();
  }

  /** The next part, or the end; waits for it. */
  ResponsePipe.Next next() {
    ResponsePipe.Next next = pipe.poll();
    while (next == null) {
      clock.await(pipe.change());
      next = pipe.poll();
    }
    return next;
  }

  /** The result of an invocation that does not stream. */
  InvocationResult result() {
    try (this) {
      return writeParts(part -> {});
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes all further parts, each as {@code form} makes it; returns the result. */
  InvocationResult writeTo(BodyStream.Parts out, UnaryOperator<byte[]> form) throws IOException {
    return writeParts(part -> out.write(form.apply(part)));
  }

  private InvocationResult writeParts(BodyStream.Parts out) throws IOException {
    while (true) {
      switch (next()) {
        case ResponsePipe.Next.Part part -> out.write(part.bytes());
        case ResponsePipe.Next.End end -> {
          return end.result();
        }
      }
    }
  }

  @Override
  public void close() {
    pipe.abandon();
    released.run();
  }
}
