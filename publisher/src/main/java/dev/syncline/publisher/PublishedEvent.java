// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

/**
 * An event that the service accepted.
 *
 * @param index its position in the list given to the publisher, from 0
 * @param identifier the service's identifier
 */
public record PublishedEvent(int index, String identifier) {}
