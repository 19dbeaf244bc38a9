// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * PutObject and GetObject of 1 KB and of 8 MB over the wire, against any server that speaks S3's
 * protocol and does not check signatures. Prints requests a second, p50 and p99.
 *
 * <pre>
 * S3Benchmark endpoint [seconds] [connections,…]
 * </pre>
 */
public final class S3Benchmark {
  private static final String BUCKET = "/benchmark-bucket";
  private static final int KEYS = 100;
  private static final int[] SIZES = {1_024, 8 * 1_024 * 1_024};
  private static final String HEADERS =
      "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/"
          + "aws4_request, SignedHeaders=host, Signature=0\r\n"
          + "x-amz-content-sha256: UNSIGNED-PAYLOAD\r\nx-amz-date: 20260101T000000Z\r\n";

  private final URI endpoint;

  private S3Benchmark(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Runs it. */
  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.of(given);
    if (given.length == 0) {
      throw new IllegalArgumentException("S3Benchmark endpoint [seconds] [connections,…]");
    }
    double seconds = Double.parseDouble(arguments.text(1, "3"));
    var benchmark = new S3Benchmark(URI.create(given[0]));
    try (var connection = new PlainConnection(benchmark.endpoint)) {
      connection.send("PUT", BUCKET, HEADERS, new byte[0]);
    }
    for (String connections : arguments.text(2, "1,16").split(",", -1)) {
      for (int size : SIZES) {
        benchmark.measure("PUT", size, Integer.parseInt(connections), seconds);
        benchmark.measure("GET", size, Integer.parseInt(connections), seconds);
      }
    }
  }

  private void measure(String method, int size, int connections, double seconds) throws Exception {
    fill(size, connections);
    run(method, size, connections, seconds / 2);
    List<double[]> times = run(method, size, connections, seconds);
    double[] all = times.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%s %8d bytes, %2d connections  %8.0f/s  p50 %8.2f ms  p99 %8.2f ms%n",
        method,
        size,
        connections,
        all.length / seconds,
        all[all.length / 2] / 1e6,
        all[(int) (all.length * 0.99)] / 1e6);
  }

  private void fill(int size, int connections) throws IOException {
    try (var connection = new PlainConnection(endpoint)) {
      for (int first = 0; first < connections; first++) {
        for (int number = 0; number < keys(size); number++) {
          connection.send("PUT", key(size, first, number), HEADERS, new byte[size]);
        }
      }
    }
  }

  private static String key(int size, int first, int number) {
    return BUCKET + "/" + size + "/" + first + "-" + number % keys(size);
  }

  private static int keys(int size) {
    return size > 1_000_000 ? 2 : KEYS;
  }

  private List<double[]> run(String method, int size, int connections, double seconds)
      throws Exception {
    byte[] content = method.equals("PUT") ? new byte[size] : new byte[0];
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<double[]> times = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(connections)) {
      List<Future<double[]>> runs = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int first = i;
        runs.add(threads.submit(() -> requests(method, size, content, first, end)));
      }
      for (Future<double[]> run : runs) {
        times.add(run.get());
      }
    }
    return times;
  }

  private double[] requests(String method, int size, byte[] content, int first, long end)
      throws IOException {
    var times = new ArrayList<Double>();
    try (var connection = new PlainConnection(endpoint)) {
      for (int number = first; System.nanoTime() < end; number++) {
        String path = key(size, first, number);
        long from = System.nanoTime();
        int status = connection.send(method, path, HEADERS, content).status();
        times.add((double) (System.nanoTime() - from));
        if (status != 200) {
          throw new IOException(method + " " + path + " answered " + status);
        }
      }
    }
    return times.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
