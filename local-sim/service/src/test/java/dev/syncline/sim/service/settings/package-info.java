// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.service.settings;

import org.jspecify.annotations.NullMarked;
