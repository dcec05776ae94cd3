"""What dmidecode prints of invented machines."""

LAPTOP = """\
# dmidecode 3.3
Getting SMBIOS data from sysfs.
SMBIOS 3.0.0 present.
Table at 0x000E0000.

Handle 0x0000, DMI type 0, 24 bytes
BIOS Information
	Vendor: ACME Firmware
	Version: 1.07
	Release Date: 02/29/2016
	ROM Size: 8 MB
	Characteristics:
		PCI is supported
		Vendor: of a list, no value

Handle 0x0001, DMI type 1, 27 bytes
System Information
	Manufacturer: ACME Computers
	Product Name: Notebook 14
	Version: To be filled by O.E.M.
	Serial Number: AC-0001
	UUID: 4C4C4544-0001-4810-8057-B3C04F385A31
	Wake-up Type: Power Switch
	SKU Number: NB14-VN
	Family: Notebook

Handle 0x0002, DMI type 2, 15 bytes
Base Board Information
	Manufacturer: ACME Boards
	Product Name: NB14-MB
	Version: A02
	Serial Number: BSN12345678901234567
	Asset Tag: B-7
	Type: Motherboard

Handle 0x0003, DMI type 3, 22 bytes
Chassis Information
	Manufacturer: ACME Computers
	Type: Notebook
	Serial Number: CH-0001
	Asset Tag: School 12

Handle 0x0004, DMI type 4, 48 bytes
Processor Information
	Socket Designation: U3E1
	Type: Central Processor
	Family: Core i3
	Manufacturer: Intel(R) Corporation
	ID: C3 06 03 00 FF FB EB BF
	Signature: Type 0, Family 6, Model 60, Stepping 3
	Flags:
		FPU (Floating-point unit on-chip)
	Version: ACME(R) Core(TM) i3-4000M CPU @ 2.40GHz
	Max Speed: 2400 MHz
	Current Speed: 1200 MHz
	Status: Populated, Enabled
	Core Count: 2
	Core Enabled: 2
	Thread Count: 4

Handle 0x0005, DMI type 16, 23 bytes
Physical Memory Array
	Location: System Board Or Motherboard
	Use: System Memory
	Maximum Capacity: 16 GB
	Number Of Devices: 2

Handle 0x0006, DMI type 17, 40 bytes
Memory Device
	Total Width: 64 bits
	Size: 4096 MB
	Form Factor: SODIMM
	Locator: ChannelA-DIMM0
	Type: DDR3
	Speed: 1600 MT/s
	Manufacturer: ACME Memory
	Serial Number: 12AB34CD
	Asset Tag: 9876543210
	Part Number: AM4G-1600

Handle 0x0007, DMI type 17, 40 bytes
Memory Device
	Size: No Module Installed
	Form Factor: Unknown
	Locator: ChannelB-DIMM0
	Type: Unknown
	Speed: Unknown

Handle 0x0008, DMI type 22, 26 bytes
Portable Battery
	Location: Rear
	Manufacturer: ACME Power
	Name: NB14-BAT
	Design Capacity: 57000 mWh
	Design Voltage: 11580 mV
	SBDS Version: 03.01
	SBDS Serial Number: 0431
	SBDS Manufacture Date: 2017-03-29
	SBDS Chemistry: LiP

Handle 0x0009, DMI type 127, 4 bytes
End Of Table
"""
OLD = """\
# dmidecode 2.6
Legacy DMI 2.0 present.
Handle 0x0000
\tDMI type 0, 18 bytes.
\tBIOS Information
\t\tVendor: ACME Firmware
\t\tVersion: 4.51
\t\tRelease Date: 02/11/99
\t\tCharacteristics:
\t\t\tISA is supported
Handle 0x0001
\tDMI type 1, 8 bytes.
\tSystem Information
\t\tManufacturer: ACME Computers
\t\tProduct Name: Tower 1
Handle 0x0005
\tDMI type 5, 31 bytes.
\tMemory Controller Information
\t\tMaximum Total Memory Size: 2048 MB
Handle 0x0007
\tDMI type 6, 12 bytes.
\tMemory Module Information
\t\tSocket Designation: BANK_1
\t\tType: Unknown
\t\tInstalled Size: Not Installed
Handle 0x0008
\tDMI type 6, 12 bytes.
\tMemory Module Information
\t\tSocket Designation: BANK_2
\t\tType: DIMM SDRAM
\t\tInstalled Size: 64 MB (Single-bank Connection)
"""
OLDEST = """\
SMBIOS 2.3 present.
Handle 0x0000
\tDMI type 0, 20 bytes.
\tBIOS Information Block
\t\tVendor: ACME Firmware
\t\tRelease: 12/11/2002
Handle 0x0100
\tDMI type 1, 25 bytes.
\tSystem Information Block
\t\tVendor: ACME Computers
\t\tProduct: Tower 2
Handle 0x0200
\tDMI type 2, 8 bytes.
\tBoard Information Block
\t\tVendor: ACME Boards
\t\tProduct: T2-MB
Handle 0x0300
\tDMI type 3, 17 bytes.
\tChassis Information Block
\t\tChassis Type: Mini Tower
Handle 0x0400
\tDMI type 4, 32 bytes.
\tProcessor
\t\tProcessor Manufacturer: Intel
\t\tProcessor Version: Pentium 4
Handle 0x0600
\tDMI type 6, 12 bytes.
\tMemory Bank
\t\tSocket: DIMM1
\t\tType: ECC DIMM SDRAM
\t\tInstalled Size: 256Mbyte
"""


def structure(title: str, **values: str) -> str:
    """One structure as `dmidecode -q` prints it; an underscore in a name is a space."""
    lines = [f"\t{name.replace('_', ' ')}: {value}\n" for name, value in values.items()]
    return f"{title}\n{''.join(lines)}\n"
