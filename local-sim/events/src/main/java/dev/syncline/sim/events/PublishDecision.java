// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/** The decision on a publish request: carried out or refused. */
public sealed interface PublishDecision permits Publication, Refusal {}
