// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls a host outside of this process, with limits. The time-out covers the whole exchange with
 * its body, which the JDK's own time-out does not, and the body has a maximum length. Each call
 * closes its connection and its client at its end. Uses real time and the real network.
 * Thread-safe.
 */
public final class OutsideHttp {
  private OutsideHttp() {}

  /**
   * Sends a request and waits for the whole answer. An interrupt ends the call.
   *
   * @param limit for the whole exchange, in real time
   * @param maxBytes the maximum length of the answer's body
   * @throws IOException when no such answer arrives, with the reason
   */
  public static HttpResponse<byte[]> exchange(HttpRequest request, Duration limit, int maxBytes)
      throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limit)
            .build();
    var answering = client.sendAsync(request, answer -> new BoundedBody(maxBytes));
    try {
      return answering.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("Read timed out", late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw cause instanceof IOException broken ? broken : new IOException(cause);
    } finally {
      // The client does not close a connection that has not answered yet.
      answering.cancel(true);
      // Not close(), which waits for pending exchanges.
      client.shutdownNow();
    }
  }

  /** Collects a body up to a limit. The client calls it by one thread at a time. */
  private static final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final HttpResponse.BodySubscriber<byte[]> whole =
        HttpResponse.BodySubscribers.ofByteArray();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final int maxBytes;
    private long bytes;
    private Flow.Subscription subscription =
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        };

    BoundedBody(int maxBytes) {
      this.maxBytes = maxBytes;
      whole
          .getBody()
          .whenComplete(
              (read, failure) -> {
                if (failure == null) {
                  body.complete(read);
                } else {
                  body.completeExceptionally(failure);
                }
              });
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      whole.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      for (ByteBuffer buffer : part) {
        bytes += buffer.remaining();
      }
      if (bytes > maxBytes) {
        subscription.cancel();
        body.completeExceptionally(
            new IOException("the answer has more than " + maxBytes + " bytes"));
      } else {
        whole.onNext(part);
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.onError(failure);
    }

    @Override
    public void onComplete() {
      whole.onComplete();
    }
  }
}
