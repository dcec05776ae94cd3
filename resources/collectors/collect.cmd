@echo off
rem Writes what this Windows computer says of itself into a folder beside this file, to be read at the station:
rem
rem     python -m diagnostics from-folder FOLDER
rem
rem For Windows 7 to 11, 32 and 64 bit, started by a double click; an administrator's rights make it complete.
rem It reads only. It asks for no account, no computer name, no Wi-Fi name and no product key. The second half
rem of this file is PowerShell 2, the oldest one.
setlocal DisableDelayedExpansion
title Kiem tra may tinh
set "SELF=%~f0"
set "HERE=%~dp0"
set "PS=%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe"
if exist "%SystemRoot%\Sysnative\WindowsPowerShell\v1.0\powershell.exe" set "PS=%SystemRoot%\Sysnative\WindowsPowerShell\v1.0\powershell.exe"
if not exist "%PS%" (
    echo May nay khong co PowerShell, khong doc duoc. Hay khoi dong may bang USB cua tram.
    pause
    exit /b 1
)
echo Dang doc thong tin may, chi doc, khong thay doi gi. Xin cho vai phut ...
"%PS%" -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "$t = [IO.File]::ReadAllText($env:SELF); Invoke-Expression $t.Substring($t.LastIndexOf('#PS#') + 4)"
if errorlevel 1 echo Co loi khi doc. Hay mang USB ve tram, phan da doc van con.
pause
exit /b 0
#PS#

$ErrorActionPreference = 'Stop'
$utf8 = New-Object Text.UTF8Encoding($false)
$folder = Join-Path $env:HERE ('report-' + [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss'))
try {
    $nothing = New-Item -ItemType Directory -Path $folder
} catch {
    Write-Host 'Khong ghi duoc vao USB nay. Hay go khoa chong ghi hoac dung USB khac.'
    exit 1
}
$manifest = Join-Path $folder 'MANIFEST.txt'
$dump = Join-Path $folder 'wmi-dump.txt'

function Add-Line($path, $text) { [IO.File]::AppendAllText($path, $text + "`r`n", $utf8) }
function Note($text) { Add-Line $manifest $text }
function Now { [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ') }

function Sum-Of($path) {
    try {
        $hash = (New-Object Security.Cryptography.SHA256Managed).ComputeHash([IO.File]::ReadAllBytes($path))
        [BitConverter]::ToString($hash).Replace('-', '').ToLower()
    } catch { '-' }
}

function Finish($name) {
    $path = Join-Path $folder $name
    if (Test-Path $path) { Note ('file ' + $name + ' ' + (Sum-Of $path)) }
}

function Missed($kind, $ended) {
    Note ('missed ' + $kind + ' ' + $ended)
    Say-Missed $kind $ended
}

function Say-Missed($what, $ended) {
    if ($ended -eq 'not_permitted') { Write-Host ('  thieu: ' + $what + ' (can quyen quan tri)') }
    elseif ($ended -ne 'missing') { Write-Host ('  thieu: ' + $what + ' (khong doc duoc)') }
}

function Why($failure) {
    $code = ''
    try { $code = [string]$failure.Exception.ErrorCode } catch { }
    $category = [string]$failure.CategoryInfo.Category
    if ($code -eq 'AccessDenied' -or $category -eq 'PermissionDenied' -or
        $failure.Exception -is [UnauthorizedAccessException]) { return 'not_permitted' }
    if ('InvalidClass', 'InvalidNamespace', 'NotFound', 'NotSupported', 'InvalidQuery' -contains $code) {
        return 'missing'
    }
    return 'unreadable'
}

# One object as lines Property=value; a list stands in braces.
function Write-Block($class, $values) {
    $lines = @('', ('__CLASS=' + $class))
    foreach ($pair in $values) {
        $value = $pair[1]
        if ($value -eq $null) { continue }
        if ($value -is [array]) {
            $text = '{' + [string]::Join(',', @($value | ForEach-Object { [string]$_ })) + '}'
        } else { $text = [string]$value }
        $lines += $pair[0] + '=' + ($text -replace '[\x00-\x1f]+', ' ')
    }
    Add-Line $dump ([string]::Join("`r`n", $lines))
}

function Asked($class, $ended) {
    Write-Block 'StationAsked' @(, @('Class', $class); , @('Ended', $ended))
}

function Edid-Of($instance) {
    try {
        $key = 'HKLM:\SYSTEM\CurrentControlSet\Enum\' + ($instance -replace '_\d+$', '') + '\Device Parameters'
        [Convert]::ToBase64String((Get-ItemProperty -LiteralPath $key).EDID)
    } catch { $null }
}

# What dies first is asked last: the disks.
$wanted = @(
    'root\cimv2|Win32_ComputerSystem|Manufacturer,Model,SystemSKUNumber,TotalPhysicalMemory,PartOfDomain',
    'root\cimv2|Win32_ComputerSystemProduct|Vendor,Name,Version,IdentifyingNumber,UUID',
    'root\cimv2|Win32_BIOS|Manufacturer,SMBIOSBIOSVersion,SerialNumber,ReleaseDate',
    'root\cimv2|Win32_BaseBoard|Manufacturer,Product,Version,SerialNumber',
    'root\cimv2|Win32_SystemEnclosure|SMBIOSAssetTag,SerialNumber,ChassisTypes',
    'root\cimv2|Win32_Processor|Name,Manufacturer,Description,NumberOfCores,NumberOfLogicalProcessors,MaxClockSpeed,DataWidth',
    'root\cimv2|Win32_PhysicalMemory|Manufacturer,PartNumber,SerialNumber,DeviceLocator,Capacity,Speed,MemoryType,SMBIOSMemoryType,FormFactor',
    'root\cimv2|Win32_PhysicalMemoryArray|Use,MemoryDevices,MaxCapacity,MaxCapacityEx',
    'root\cimv2|Win32_Battery|DeviceID,Name,EstimatedChargeRemaining,DesignVoltage',
    'root\wmi|WmiMonitorID|InstanceName,ManufacturerName,ProductCodeID,SerialNumberID,UserFriendlyName,YearOfManufacture,WeekOfManufacture,Edid',
    'root\wmi|WmiMonitorBasicDisplayParams|InstanceName,MaxHorizontalImageSize,MaxVerticalImageSize',
    'root\wmi|WmiMonitorConnectionParams|InstanceName,VideoOutputTechnology',
    'root\cimv2|Win32_VideoController|Name,VideoProcessor,AdapterCompatibility,AdapterRAM,CurrentHorizontalResolution,CurrentVerticalResolution,PNPDeviceID',
    'root\StandardCimv2|MSFT_NetAdapter|Name,InterfaceDescription,PermanentAddress,NdisPhysicalMedium,HardwareInterface,Virtual,PnPDeviceID,Speed',
    'root\cimv2|Win32_NetworkAdapter|NetConnectionID,Name,Manufacturer,MACAddress,PhysicalAdapter,PNPDeviceID,ServiceName,Speed',
    'root\cimv2|Win32_PnPEntity|Name,PNPClass,Service,PNPDeviceID',
    'root\cimv2|Win32_SoundDevice|Name,PNPDeviceID',
    'root\wmi|BatteryStaticData|InstanceName,DeviceName,ManufactureName,SerialNumber,ManufactureDate,Chemistry,Capabilities,DesignedCapacity',
    'root\wmi|BatteryFullChargedCapacity|InstanceName,FullChargedCapacity',
    'root\wmi|BatteryCycleCount|InstanceName,CycleCount',
    'root\wmi|BatteryStatus|InstanceName,RemainingCapacity,Voltage,Charging,Discharging,PowerOnline',
    'root\wmi|BatteryTemperature|InstanceName,Temperature',
    'root\cimv2\Security\MicrosoftTpm|Win32_Tpm|SpecVersion',
    'root\cimv2\Security\MicrosoftVolumeEncryption|Win32_EncryptableVolume|DriveLetter,ProtectionStatus,ConversionStatus',
    'root\cimv2|Win32_DiskDrive|Index,DeviceID,Model,Manufacturer,SerialNumber,FirmwareRevision,Size,BytesPerSector,InterfaceType,MediaType,PNPDeviceID',
    'root\Microsoft\Windows\Storage|MSFT_PhysicalDisk|DeviceId,FriendlyName,Model,Manufacturer,SerialNumber,AdapterSerialNumber,UniqueId,FirmwareVersion,Size,LogicalSectorSize,MediaType,SpindleSpeed,BusType',
    'root\wmi|MSStorageDriver_FailurePredictStatus|InstanceName,PredictFailure'
)
$devices = "ClassGuid='{ca3e7ab9-b4c3-4ae6-8251-579ef933890f}' OR ClassGuid='{6bdd1fc6-810f-11d0-bec7-08002be2092f}'" +
    " OR ClassGuid='{d94ee5d8-d189-4994-83d2-f68d7d41b0e6}' OR Service='usbvideo' OR Service='MEIx64'" +
    " OR Service='TeeDriverW10x64'"
$filters = @{ 'Win32_PnPEntity' = $devices; 'Win32_NetworkAdapter' = 'MACAddress IS NOT NULL' }

$me = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
$admin = $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
Note 'collector collect.cmd 1'
Note ('began ' + (Now))
if ($admin) { Note 'account administrator' } else {
    Note 'account plain'
    Write-Host 'Khong co quyen quan tri: mot so muc se thieu.'
    Write-Host '(Bam chuot phai vao file, chon "Run as administrator" de doc du.)'
}

# What no class says, each as a truth; what could not be asked is left out.
$probe = @()
function Probe($name, $how) {
    try {
        $answer = & $how
        if ($answer -ne $null) { $script:probe += , @($name, [bool]$answer) }
    } catch { }
}
$control = 'HKLM:\SYSTEM\CurrentControlSet\Control'
Probe 'Uefi' { $type = (Get-ItemProperty $control).PEFirmwareType; if ($type) { $type -eq 2 } }
Probe 'SecureBoot' { (Get-ItemProperty ($control + '\SecureBoot\State')).UEFISecureBootEnabled }
Probe 'KeyInFirmware' {
    $key = Get-WmiObject -Query 'SELECT OA3xOriginalProductKey FROM SoftwareLicensingService'
    [bool]$key.OA3xOriginalProductKey
}
Probe 'Computrace' { if (Get-Service | Where-Object { 'rpcnet', 'rpcnetp' -contains $_.Name }) { $true } }
Probe 'BitLocker' {
    $shell = New-Object -ComObject Shell.Application
    $state = $shell.NameSpace($env:SystemDrive).Self.ExtendedProperty('System.Volume.BitLockerProtection')
    if ($state -ne $null) { 1, 3, 5, 6, 8 -contains $state }
}
$joined = ''
try { $joined = [string]::Join("`n", @(& dsregcmd.exe /status)) } catch { }
Probe 'DirectoryJoined' {
    if ($joined -match 'AzureAdJoined') { $joined -match '(AzureAd|Enterprise|Domain)Joined\s*:\s*YES' }
}
Probe 'MdmEnrolled' {
    $all = @(Get-ChildItem HKLM:\SOFTWARE\Microsoft\Enrollments)
    $enrolled = @($all | ForEach-Object { $_.GetValue('ProviderID') }) -contains 'MS DM Server'
    $autopilot = 'HKLM:\SOFTWARE\Microsoft\Provisioning\Diagnostics\AutoPilot'
    $tenant = $null
    if (Test-Path $autopilot) { $tenant = (Get-ItemProperty $autopilot).CloudAssignedTenantId }
    $enrolled -or [bool]$tenant -or ($joined -match 'MdmUrl\s*:\s*http')
}
Write-Block 'StationProbe' $probe
Asked 'StationProbe' 'ok'

# Hardware errors in the log since the start, counted; the texts of events stay here.
try {
    $system = Get-WmiObject Win32_OperatingSystem
    $since = [Management.ManagementDateTimeConverter]::ToDateTime($system.LastBootUpTime)
    foreach ($source in 'Microsoft-Windows-WHEA-Logger', 'disk', 'storahci', 'stornvme', 'Display') {
        $ask = @{ LogName = 'System'; ProviderName = $source; StartTime = $since }
        try {
            $events = @(Get-WinEvent -FilterHashtable $ask -MaxEvents 1000)
        } catch {
            if ((Why $_) -eq 'not_permitted') { throw }
            continue
        }
        foreach ($kind in ($events | Group-Object Id)) {
            Write-Block 'StationEvents' @(, @('Source', $source); , @('Id', $kind.Name); , @('Count', $kind.Count))
        }
    }
    Asked 'StationEvents' 'ok'
} catch {
    Asked 'StationEvents' (Why $_)
}

foreach ($line in $wanted) {
    $namespace, $class, $names = $line.Split('|')
    try {
        $ask = @{ Namespace = $namespace; Class = $class; ErrorAction = 'Stop' }
        if ($filters[$class]) { $ask.Filter = $filters[$class] }
        $objects = @(Get-WmiObject @ask)
        foreach ($object in $objects) {
            if ($object -eq $null) { continue }
            $values = @()
            foreach ($name in $names.Split(',')) {
                if ($name -eq 'Edid') { $values += , @($name, (Edid-Of $object.InstanceName)) }
                else { $values += , @($name, $object.$name) }
            }
            Write-Block $class $values
        }
        Asked $class 'ok'
    } catch {
        $ended = Why $_
        Asked $class $ended
        Say-Missed $class $ended
    }
}
Finish 'wmi-dump.txt'

# Windows 8 and newer; a desktop has no battery to report.
$report = Join-Path $folder 'powercfg-xml.xml'
& cmd.exe /c ('powercfg.exe /batteryreport /xml /output "' + $report + '" /duration 1 >nul 2>nul')
if (Test-Path $report) {
    # The report begins with the computer's name; only what is said of the batteries stays.
    $text = [IO.File]::ReadAllText($report)
    $start = $text.IndexOf('<Batteries')
    $end = $text.IndexOf('</Batteries>')
    [IO.File]::Delete($report)
    if ($start -ge 0 -and $end -gt $start) {
        $list = $text.Substring($start, $end + 12 - $start)
        [IO.File]::WriteAllText($report, '<BatteryReport>' + $list + '</BatteryReport>', $utf8)
    }
}
if (Test-Path $report) { Finish 'powercfg-xml.xml' } else { Missed 'powercfg-xml' 'missing' }

# smartctl.exe of smartmontools, where somebody put it beside this file.
$smartctl = Join-Path $env:HERE 'smartctl.exe'
if (Test-Path $smartctl) {
    $found = $false
    foreach ($number in 0..15) {
        $disk = 'sd' + [char](97 + $number)
        $name = 'smartctl-json-' + $disk + '.json'
        $file = Join-Path $folder $name
        & cmd.exe /c ('""' + $smartctl + '" -j -x /dev/' + $disk + ' >"' + $file + '" 2>nul"')
        if ((Get-Item $file).Length -gt 0 -and ($LASTEXITCODE -band 3) -eq 0) {
            Finish $name
            $found = $true
        } else { [IO.File]::Delete($file) }
    }
    if (-not $found) {
        if ($admin) { Missed 'smartctl-json' 'unreadable' } else { Missed 'smartctl-json' 'not_permitted' }
    }
} else { Missed 'smartctl-json' 'missing' }

Note ('ended ' + (Now))
Write-Host ('Xong. Ket qua o: ' + $folder)
Write-Host 'Hay rut USB an toan va mang ve tram.'
exit 0
