// SPDX-License-Identifier: Apache-2.0
/**
 * Answers in place of services: the mock configuration of Step Functions Local, and the same from
 * Java. {@link dev.syncline.sim.service.settings.MockConfig} is the entry point.
 */
@NullMarked
package dev.syncline.sim.services.stepfunctions.mock;

import org.jspecify.annotations.NullMarked;
