// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.worker.process;

import org.jspecify.annotations.NullMarked;
