// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.OutgoingRequest;
import dev.syncline.sim.service.settings.AllowedHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Sends the requests of Tasks. Hosts that this process serves are answered here, hosts that are
 * allowed by name are called, any other is refused, so that a test never uses the network by
 * mistake. A request has sixty seconds for its whole answer, as on AWS. A request to an outside
 * host is then cancelled, so that it no longer prevents the clock from skipping. Thread-safe.
 */
public final class HttpHosts {
  private static final Duration MAX_TIME = Duration.ofSeconds(60);

  /** More than any task's result may have, which is refused elsewhere in AWS's words. */
  private static final int MAX_BODY = 10 * 1024 * 1024;

  private final SimClock clock;
  private final Predicate<String> served;
  private final Function<HttpRequest, HttpResponse> answer;
  private final List<AllowedHost> allowed;
  private final Duration limit;

  /**
   * The hosts.
   *
   * @param served whether this process answers for a host name in lower case
   * @param answer answers such a request on the calling thread
   */
  public HttpHosts(
      SimClock clock,
      Predicate<String> served,
      Function<HttpRequest, HttpResponse> answer,
      List<AllowedHost> allowed) {
    this(clock, served, answer, allowed, MAX_TIME);
  }

  /** With another limit for a request. */
  HttpHosts(
      SimClock clock,
      Predicate<String> served,
      Function<HttpRequest, HttpResponse> answer,
      List<AllowedHost> allowed,
      Duration limit) {
    this.limit = limit;
    this.clock = clock;
    this.served = served;
    this.answer = answer;
    this.allowed = List.copyOf(allowed);
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws TaskFailedException {@code States.Http.Socket} without an answer, or for a host that is
   *     not allowed
   */
  HttpResponse send(OutgoingRequest request) throws TaskFailedException {
    String host = request.endpoint().getHost().toLowerCase(Locale.ROOT);
    if (served.test(host)) {
      return limited(host, false, () -> answer.apply(request.local()));
    }
    for (AllowedHost one : allowed) {
      if (one.is(request.endpoint())) {
        if (request.path().startsWith(HttpEndpoint.OWN_PATHS)) {
          // The host may be this simulator, or another server of the developer.
          throw new TaskFailedException(
              "States.Http.Socket",
              "The simulator sends no request of a task to the path "
                  + request.path()
                  + ": it is for programs of the developer, not for tasks");
        }
        return limited(host, true, () -> request.remote(one, limit, MAX_BODY));
      }
    }
    throw new TaskFailedException(
        "States.Http.Socket",
        "The simulator does not call the host '"
            + host
            + "': it is not a host of a simulated service, and the option --allow-host "
            + host
            + " (in Java SimulatorConfig.withAllowedHosts) is not given");
  }

  private interface Exchange {
    HttpResponse take() throws IOException, InterruptedException;
  }

  private HttpResponse limited(String host, boolean outside, Exchange exchange)
      throws TaskFailedException {
    var answered = new CompletableFuture<HttpResponse>();
    // An outside host runs in real time, like a process.
    ClockActivity working = outside ? clock.beginExternal() : clock.begin();
    Thread caller =
        Thread.ofVirtual()
            .name("task-http")
            .unstarted(
                () -> {
                  try (working) {
                    if (outside) {
                      complete(answered, exchange);
                    } else {
                      clock.run(
                          () -> {
                            working.close();
                            complete(answered, exchange);
                          });
                    }
                  }
                });
    Timer timer =
        clock.schedule(
            TimerKind.LIMIT,
            limit,
            () -> {
              answered.completeExceptionally(new IOException("Read timed out"));
              if (outside) {
                // Ends the exchange, and with it the wait of the clock.
                caller.interrupt();
              }
            });
    caller.start();
    try {
      return clock.await(answered);
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof IOException broken) {
        throw new TaskFailedException(
            "States.Http.Socket", "Calling " + host + " failed: " + broken.getMessage());
      }
      throw failed;
    } finally {
      timer.cancel();
    }
  }

  private static void complete(CompletableFuture<HttpResponse> answered, Exchange exchange) {
    try {
      answered.complete(exchange.take());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      answered.completeExceptionally(new IOException("interrupted"));
    } catch (Throwable failed) {
      // An Error too: otherwise the task would wait for its limit without a reason.
      answered.completeExceptionally(failed);
    }
  }
}
