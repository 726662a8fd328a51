export { type BillRequest, type ComputedBill, computeBill } from './bill';
