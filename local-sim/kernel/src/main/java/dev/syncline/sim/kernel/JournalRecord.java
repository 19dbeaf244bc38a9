// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

/**
 * A journal event that is a record: its type is derived from the record's name, its details from
 * the record's components.
 *
 * <p>A service declares one sealed interface for its events and names itself there once. Each event
 * is a record without a body:
 *
 * <pre>{@code
 * sealed interface QueueEvent extends JournalRecord {
 *   default String source() {
 *     return "sqs";
 *   }
 *
 *   record Sent(String queue, @Detail("waitMillis") Duration waited, @OmitEmpty String group)
 *       implements QueueEvent {}
 * }
 * }</pre>
 *
 * <p>{@code new Sent("jobs", Duration.ofSeconds(1), "")} has the type {@code sqs.Sent} and the
 * details {@code {queue=jobs, waitMillis=1000}}.
 *
 * <ul>
 *   <li>The details are in the order of the components.
 *   <li>A detail has the name of its component, or the name that {@link Detail} gives.
 *   <li>A {@link java.time.Duration} is shown as whole milliseconds, a component that implements
 *       {@link JournalDetails} is replaced by its details, and any other value is shown by its
 *       {@code toString}.
 *   <li>A component that is null is left out. So is one that is marked {@link OmitEmpty} and shown
 *       as an empty text; a mark on the record, or on an interface that the record implements
 *       directly, counts for all its components.
 *   <li>A component that is marked {@link Hidden} is left out.
 * </ul>
 *
 * <p>An event with a correlation id, another type or a computed detail overrides the method; {@link
 * #componentsOf} gives it the details to add to. Components must not hold secrets unless they are
 * hidden.
 */
public interface JournalRecord extends JournalEvent {

  /** The service that records the event: the part of {@link #type} before the point. */
  String source();

  @Override
  default String type() {
    return source() + "." + getClass().getSimpleName();
  }

  @Override
  default Map<String, String> details() {
    return componentsOf(this);
  }

  /**
   * The details of a record's components, as described above. The caller may change the map.
   *
   * @throws IllegalStateException if {@code event} is not a record
   */
  static Map<String, String> componentsOf(JournalEvent event) {
    return RecordDetails.of(event);
  }

  /** The name of a component's detail, where it is not the component's own name. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Detail {
    /** The name. */
    String value();
  }

  /** Leaves out details that are empty texts. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
  @interface OmitEmpty {}

  /** Leaves out a component. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Hidden {}
}
