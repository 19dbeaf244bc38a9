// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.JournalEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a message.
 *
 * @param type such as {@code sqs.MessageSent}
 */
record SqsEvent(String type, @Nullable String correlationId, Map<String, String> details)
    implements JournalEvent {}
