// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/** What becomes of a publish request. */
public sealed interface PublishDecision permits Publication, Refusal {}
