import { want } from './choosing';

/** Wants that are offered under many answers. */
export const PERSON = want('Gặp nhân viên', 'agent.request');
export const MENU = want('Em làm được gì', 'help.menu');
export const REPORT = want('Báo mất điện', 'outage.report');
export const PLANNED = want('Lịch cắt điện', 'outage.planned');
export const HAZARD = want('Báo nguy hiểm', 'safety.hazard');
