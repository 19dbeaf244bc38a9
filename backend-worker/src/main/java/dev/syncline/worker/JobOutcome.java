// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

/** The outcome of a job, and its envelope for the bridge. Immutable. */
public sealed interface JobOutcome {

  /** The envelope's status. */
  String status();

  /** The event to publish: {@code {"id", "status", "result" or "error"}}. */
  String envelope(String id);

  /**
   * Done.
   *
   * @param result any JSON text
   */
  record Completed(String result) implements JobOutcome {
    @Override
    public String status() {
      return "COMPLETED";
    }

    @Override
    public String envelope(String id) {
      return Envelope.write(
          id,
          status(),
          json -> {
            json.writeFieldName("result");
            json.writeRawValue(result);
          });
    }
  }

  /**
   * The job failed.
   *
   * @param error the failure's name
   * @param cause the explanation of the failure
   */
  record Failed(String error, String cause) implements JobOutcome {
    // An answer must fit into an event.
    private static final int MAX_CAUSE = 4_000;

    /** Truncates a cause that is too long for an answer. */
    public Failed {
      error = Envelope.encodable(error);
      cause =
          Envelope.encodable(
              cause.length() <= MAX_CAUSE ? cause : cause.substring(0, MAX_CAUSE) + "...");
    }

    /** The failure for a result that is too large for an answer. */
    public static Failed tooLarge(String reason) {
      return new Failed("ResultTooLarge", "The result does not fit: " + reason);
    }

    @Override
    public String status() {
      return "FAILED";
    }

    @Override
    public String envelope(String id) {
      return Envelope.write(
          id,
          status(),
          json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("error", error);
            json.writeStringField("cause", cause);
            json.writeEndObject();
          });
    }
  }
}
