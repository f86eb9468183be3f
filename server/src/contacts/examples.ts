/** Of values, for the document. */
export const emailsExample = [{ label: 'work', value: 'ada@example.org' }]
export const phonesExample = [{ label: 'mobile', value: '+44 20 7946 0958' }]
export const linksExample = [{ label: 'home page', value: 'https://ada.example.org' }]
export const datesExample = [{ label: 'anniversary', value: '1835-07-08' }]
export const relationsExample = [{ label: 'spouse', value: 'William King' }]
export const customExample = [{ label: 'Favourite machine', value: 'Analytical Engine' }]
export const messengersExample = [{ label: null, service: 'signal', value: '+44 20 7946 0958' }]
export const addressExample = {
  label: 'home',
  street: '12 St James’s Square',
  extended: null,
  po_box: null,
  city: 'London',
  region: null,
  postal_code: 'SW1Y 4JH',
  country: 'United Kingdom',
}
