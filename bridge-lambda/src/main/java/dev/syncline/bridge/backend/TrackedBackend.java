// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.Outcome;
import dev.syncline.bridge.correlate.ReplyEnvelope;
import dev.syncline.publisher.aws.WorkStore;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backend that keeps no state, with a bucket that does: the bridge notes what it starts, the
 * worker notes what came of it before it publishes. So work is known in every environment, a lost
 * event can be asked after, and a repeat under the same key is recognised.
 *
 * <p>Work that a caller may repeat is noted before it is started, so that of two environments only
 * one starts it; if the one dies in between, the note says "starting" and a repeat starts the work
 * again, perhaps for the second time: the first of two answers wins. Other work is noted once it
 * has been started; until then nobody but its caller knows its name.
 *
 * <p>Thread-safe.
 */
final class TrackedBackend implements Backend {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int NOTE_ATTEMPTS = 3;

  private final Backend backend;
  private final WorkStore store;

  TrackedBackend(Backend backend, WorkStore store) {
    this.backend = backend;
    this.store = store;
  }

  @Override
  public StartResult start(WorkRequest request) {
    try {
      return request.keyed() ? startOnce(request) : startAndNote(request);
    } catch (IOException e) {
      return new StartResult.Unconfirmed("StoreUnavailable", String.valueOf(e.getMessage()));
    }
  }

  private StartResult startOnce(WorkRequest request) throws IOException {
    String id = request.id().value();
    if (!store.noteFirst(id, note(request, "starting"))) {
      Optional<String> found = store.note(id);
      Note note = found.map(Note::parse).orElse(Note.NONE);
      if (found.isPresent() && !note.digest.equals(digest(request))) {
        return new StartResult.OtherEvent();
      }
      Optional<Outcome> outcome = outcome(request.id());
      if (outcome.isPresent()) {
        return new StartResult.Finished(outcome.get());
      }
      if (note.state.equals("started")) {
        return new StartResult.Joined(note.replyTo);
      }
    }
    StartResult result = backend.start(request);
    if (result instanceof StartResult.NotStarted) {
      store.forget(id);
    } else if (result instanceof StartResult.Started || result instanceof StartResult.Joined) {
      store.note(id, note(request, "started"));
    }
    return result;
  }

  private StartResult startAndNote(WorkRequest request) throws IOException {
    StartResult result = backend.start(request);
    for (int attempt = 1; result instanceof StartResult.Started; attempt++) {
      try {
        store.note(request.id().value(), note(request, "started"));
        break;
      } catch (IOException e) {
        if (attempt == NOTE_ATTEMPTS) {
          // The work runs and answers its caller; only others will not find it while it does.
          break;
        }
      }
    }
    return result;
  }

  @Override
  public FindResult find(CorrelationId id) {
    try {
      Optional<Outcome> outcome = outcome(id);
      if (outcome.isPresent()) {
        return new FindResult.Finished(outcome.get());
      }
      return store.note(id.value()).isPresent()
          ? new FindResult.Running()
          : new FindResult.NotFound();
    } catch (IOException e) {
      return new FindResult.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Outcome> outcome(CorrelationId id) throws IOException {
    Optional<String> text = store.outcome(id.value());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return ReplyEnvelope.parse(text.get()).outcome();
    } catch (ReplyEnvelope.Malformed e) {
      throw new IOException("the outcome in the store is no reply envelope: " + e.getMessage());
    }
  }

  /** Its texts are hexadecimal digits and a channel: nothing that JSON escapes. */
  private static String note(WorkRequest request, String state) {
    return "{\"state\":\""
        + state
        + "\",\"event\":\""
        + digest(request)
        + "\",\"replyTo\":\""
        + request.replyTo().map(channel -> channel.path()).orElse("")
        + "\"}";
  }

  private static String digest(WorkRequest request) {
    return HexFormat.of().formatHex(CorrelationId.sha256(request.event()));
  }

  @Override
  public void close() {
    backend.close();
    store.close();
  }

  private record Note(String state, String digest, String replyTo) {
    static final Note NONE = new Note("", "", "");

    static Note parse(String text) {
      String state = "";
      String digest = "";
      String replyTo = "";
      try (JsonParser parser = JSON.createParser(text)) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          @Nullable String value = parser.getValueAsString();
          String known = value == null ? "" : value;
          switch (name) {
            case "state" -> state = known;
            case "event" -> digest = known;
            case "replyTo" -> replyTo = known;
            default -> parser.skipChildren();
          }
        }
      } catch (IOException e) {
        return NONE;
      }
      return new Note(state, digest, replyTo);
    }
  }
}
