; Almanac-VERSION-Setup.exe, made by build.py: for this person only, asks for no administrator.
; Silent: Setup.exe /S [/D=C:\folder]        Uninstall silently: Uninstall.exe /S
Target amd64-unicode ; 32-bit Windows cannot start what it could not use
Unicode true
SetCompressor /SOLID lzma
!include MUI2.nsh
!include FileFunc.nsh

Name "Almanac"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Almanac"
InstallDirRegKey HKCU "Software\Almanac" "InstallDir"
RequestExecutionLevel user
ManifestDPIAware true
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Almanac"
!define CLASSES "Software\Classes"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Almanac"
VIAddVersionKey FileDescription "Almanac Setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache-2.0"
VIAddVersionKey CompanyName "The Almanac authors"

!define MUI_ICON "${TREE}/almanac.ico"
!define MUI_UNICON "${TREE}/almanac.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Almanac.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!macro Remove ; what an installation put there, and nothing else
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\licenses"
  Delete "$INSTDIR\Almanac.exe"
  Delete "$INSTDIR\almanac-cli.exe"
  Delete "$INSTDIR\almanac.ico"
  Delete "$INSTDIR\msvcp140*.dll"
  Delete "$INSTDIR\vcruntime140*.dll"
!macroend

!macro StillRunning un
Function ${un}StillRunning ; a program that runs keeps its file open: say so instead of leaving half of two versions
  again:
  IfFileExists "$INSTDIR\Almanac.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\Almanac.exe" a
  IfErrors 0 close
  IfSilent 0 ask
  SetErrorLevel 4
  Quit
  ask:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Almanac is open. Please close it, then go on." IDRETRY again
  Quit
  close:
  FileClose $0
  free:
FunctionEnd
!macroend
!insertmacro StillRunning ""
!insertmacro StillRunning "un."

Section
  Call StillRunning
  !insertmacro Remove
  SetOutPath "$INSTDIR"
  File /r "${TREE}/*"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Almanac.lnk" "$INSTDIR\Almanac.exe"
  WriteRegStr HKCU "Software\Almanac" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Almanac"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Almanac.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Almanac authors"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  ; "Open with": offered next to the person's spreadsheet program, never instead of it
  WriteRegStr HKCU "${CLASSES}\Applications\Almanac.exe" "FriendlyAppName" "Almanac"
  WriteRegStr HKCU "${CLASSES}\Applications\Almanac.exe\shell\open\command" "" '"$INSTDIR\Almanac.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Almanac.Table" "" "Table for Almanac"
  WriteRegStr HKCU "${CLASSES}\Almanac.Table\DefaultIcon" "" "$INSTDIR\Almanac.exe,0"
  WriteRegStr HKCU "${CLASSES}\Almanac.Table\shell\open\command" "" '"$INSTDIR\Almanac.exe" "%1"'
  !macro OpenWith TYPE
    WriteRegStr HKCU "${CLASSES}\Applications\Almanac.exe\SupportedTypes" "${TYPE}" ""
    WriteRegStr HKCU "${CLASSES}\${TYPE}\OpenWithProgids" "Almanac.Table" ""
  !macroend
  !insertmacro OpenWith ".csv"
  !insertmacro OpenWith ".tsv"
  !insertmacro OpenWith ".xlsx"
  !insertmacro OpenWith ".xls"
  !insertmacro OpenWith ".xlsb"
  !insertmacro OpenWith ".ods"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  Call un.StillRunning
  !insertmacro Remove
  Delete "$SMPROGRAMS\Almanac.lnk"
  Delete "$INSTDIR\Uninstall.exe"
  ; The person's settings and history are their work: removed only when they say so, never silently.
  IfSilent keep
  IfFileExists "$LOCALAPPDATA\almanac\*.*" 0 keep
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Also remove your settings, adjustments and earlier forecasts? Your spreadsheets stay in any case." IDNO keep
  RMDir /r "$LOCALAPPDATA\almanac"
  keep:
  RMDir "$INSTDIR" ; only when it is empty
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Almanac"
  DeleteRegKey HKCU "${CLASSES}\Applications\Almanac.exe"
  DeleteRegKey HKCU "${CLASSES}\Almanac.Table"
  !macro NoOpenWith TYPE
    DeleteRegValue HKCU "${CLASSES}\${TYPE}\OpenWithProgids" "Almanac.Table"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${TYPE}\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${TYPE}"
  !macroend
  !insertmacro NoOpenWith ".csv"
  !insertmacro NoOpenWith ".tsv"
  !insertmacro NoOpenWith ".xlsx"
  !insertmacro NoOpenWith ".xls"
  !insertmacro NoOpenWith ".xlsb"
  !insertmacro NoOpenWith ".ods"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
