"""What does the patient and carer panel do: its members, and the missions that units ask it for."""
