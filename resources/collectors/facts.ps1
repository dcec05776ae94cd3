# Asks Windows 10 and newer what the machine is, and prints one line of JSON in plain ASCII.
#
# Before this text stands the list $wanted of classes: c(lass), n(amespace), f(ilter), p(roperties). Only the
# named properties leave the machine: no user, no computer name, no Wi-Fi name, no product key.
# It is given to powershell.exe as one argument, so no double quote may stand in it.

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$classes = @{}
$missed = @{}

function Why($failure) {
    $category = [string]$failure.CategoryInfo.Category
    $native = [string]$failure.Exception.NativeErrorCode
    if ($category -eq 'PermissionDenied' -or $native -eq 'AccessDenied' -or
        $failure.Exception -is [UnauthorizedAccessException]) { return 'not_permitted' }
    if ($category -eq 'OperationTimeout') { return 'timed_out' }
    if ($native -in 'InvalidNamespace', 'InvalidClass', 'NotFound', 'NotSupported' -or
        $category -in 'ObjectNotFound', 'NotImplemented', 'NotInstalled') { return 'missing' }
    return 'unreadable'
}

foreach ($class in $wanted) {
    $ask = @{ ClassName = $class.c; Namespace = $class.n; OperationTimeoutSec = 20 }
    if ($class.f) { $ask.Filter = $class.f }
    try {
        $classes[$class.c] = @(Get-CimInstance @ask | Select-Object -Property $class.p)
    } catch {
        $missed[$class.c] = Why $_
    }
}

# The EDID of each active screen, from where its driver found it.
foreach ($screen in @($classes['WmiMonitorID'])) {
    if (-not $screen) { continue }
    try {
        $device = $screen.InstanceName -replace '_\d+$', ''
        $key = 'HKLM:\SYSTEM\CurrentControlSet\Enum\' + $device + '\Device Parameters'
        $screen.Edid = [Convert]::ToBase64String((Get-ItemProperty -LiteralPath $key).EDID)
    } catch { }
}

# What no class says, each as a truth; what could not be asked is left out.
$probe = @{}
function Probe($name, $how) {
    try {
        $answer = & $how
        if ($null -ne $answer) { $probe[$name] = [bool]$answer }
    } catch { }
}
$control = 'HKLM:\SYSTEM\CurrentControlSet\Control'
Probe 'Uefi' { (Get-ItemProperty $control).PEFirmwareType -eq 2 }
Probe 'SecureBoot' { Confirm-SecureBootUEFI }
Probe 'SecureBoot' { (Get-ItemProperty ($control + '\SecureBoot\State')).UEFISecureBootEnabled }
Probe 'KeyInFirmware' {
    $service = Get-CimInstance SoftwareLicensingService -Property OA3xOriginalProductKey
    [bool]$service.OA3xOriginalProductKey
}
Probe 'Computrace' {
    if (Get-Service -Name 'rpcnet', 'rpcnetp' -ErrorAction SilentlyContinue) { $true }
}
Probe 'BitLocker' {
    $shell = New-Object -ComObject Shell.Application
    $state = $shell.NameSpace($env:SystemDrive).Self.ExtendedProperty('System.Volume.BitLockerProtection')
    if ($null -ne $state) { $state -in 1, 3, 5, 6, 8 }
}
$joined = ''
try { $joined = (& dsregcmd.exe /status) -join [string][char]10 } catch { }
Probe 'DirectoryJoined' {
    if ($joined -match 'AzureAdJoined') { $joined -match '(AzureAd|Enterprise|Domain)Joined\s*:\s*YES' }
}
Probe 'MdmEnrolled' {
    $enrolled = @(Get-ChildItem HKLM:\SOFTWARE\Microsoft\Enrollments | ForEach-Object {
            $_.GetValue('ProviderID') }) -contains 'MS DM Server'
    $autopilot = 'HKLM:\SOFTWARE\Microsoft\Provisioning\Diagnostics\AutoPilot'
    $tenant = if (Test-Path $autopilot) { (Get-ItemProperty $autopilot).CloudAssignedTenantId }
    $enrolled -or [bool]$tenant -or $joined -match 'MdmUrl\s*:\s*http'
}
$classes['StationProbe'] = @([pscustomobject]$probe)

# Hardware errors in the log since the start, counted; the texts of events stay here.
try {
    $since = (Get-CimInstance Win32_OperatingSystem).LastBootUpTime
    $counts = @()
    foreach ($source in 'Microsoft-Windows-WHEA-Logger', 'disk', 'storahci', 'stornvme', 'Display') {
        $asked = @{ LogName = 'System'; ProviderName = $source; StartTime = $since }
        try {
            $events = @(Get-WinEvent -FilterHashtable $asked -MaxEvents 1000)
        } catch {  # no such events, or no such source here
            if ((Why $_) -eq 'not_permitted') { throw }
            continue
        }
        foreach ($kind in ($events | Group-Object Id)) {
            $counts += [pscustomobject]@{ Source = $source; Id = [int]$kind.Name; Count = $kind.Count }
        }
    }
    $classes['StationEvents'] = $counts
} catch {
    $missed['StationEvents'] = Why $_
}

$me = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
$admin = $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
$said = [ordered]@{ format = 1; admin = $admin; classes = $classes; missed = $missed }
$json = ConvertTo-Json -InputObject $said -Depth 6 -Compress
# ASCII passes through a console of any code page.
[regex]::Replace($json, '[^\x00-\x7f]', { param($letter) '\u{0:x4}' -f [int][char]$letter.Value })
