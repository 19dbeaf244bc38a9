// SPDX-License-Identifier: Apache-2.0
/** CloudFormation templates as pure values: reading, checking and evaluating them, without I/O. */
@NullMarked
package dev.syncline.sim.services.cloudformation.template;

import org.jspecify.annotations.NullMarked;
